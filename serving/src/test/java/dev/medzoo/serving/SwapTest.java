package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.artifact.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A maintainer replaces the stable version again and again, under clients that never pause. */
@Tag("slow")
class SwapTest {
    private static final int SWAPS = 50;
    private static final int CLIENTS = 3;
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void fiftyReplacementsUnderLoadFailNoRequest(@TempDir Path root) throws Exception {
        StoreCopy store = new StoreCopy(root, SKIN).write();
        RunningServer server =
                RunningServer.with("store=" + root, "store_refresh=0.1", "access_log=false")
                        .start();
        List<Thread> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Thread client = new Thread(() -> ask(server), "client-" + i);
                client.start();
                clients.add(client);
            }
            Version before = StoreCopy.VERSION;
            for (int i = 1; i <= SWAPS; i++) {
                Version next = new Version(1, 0, i);
                store.add(SKIN, next, "x", "x")
                        .stable(SKIN, next)
                        .revoke(SKIN, before, "replaced")
                        .write();
                String expected = SKIN + "/" + next;
                Deadline.await(() -> version(server).equals(expected));
                before = next;
            }
        } finally {
            done.set(true);
            for (Thread client : clients) {
                client.join();
            }
            server.server().close();
        }

        assertThat(failures).isEmpty();
        assertThat(answered.get()).isGreaterThan(SWAPS);
        Files.writeString(
                Path.of("target/swaps.txt"),
                "%d swaps under %d clients: %d requests, %d failed%n"
                        .formatted(SWAPS, CLIENTS, answered.get(), failures.size()));
    }

    /** Asks on and on: every answer is 200, and never of a version older than the one before. */
    private void ask(RunningServer server) {
        Version newest = StoreCopy.VERSION;
        while (!done.get()) {
            Answer answer = server.post("/predictions/" + SKIN, PICTURE);
            answered.incrementAndGet();
            String model = answer.header("x-medzoo-model");
            if (answer.status() != 200) {
                failures.add(answer.status() + " " + answer.body());
                return;
            }
            Version version = Version.parse(model.substring(model.indexOf('/') + 1));
            if (version.compareTo(newest) < 0) {
                failures.add(version + " after " + newest);
            }
            newest = version;
        }
    }

    private static String version(RunningServer server) {
        return server.post("/predictions/" + SKIN, PICTURE).header("x-medzoo-model");
    }
}
