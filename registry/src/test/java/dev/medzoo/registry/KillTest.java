package dev.medzoo.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.StoreIndex;
import dev.medzoo.zoo.store.FolderStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 at every write of every command that writes: the store verifies, and runs on. */
@Tag("slow")
class KillTest {
    private static final int CORES = 2;

    private static Path folder;

    private static Path base;
    private static Path newer;
    private static Path littered;
    private static Path single;
    private static Path candidate;

    @BeforeAll
    static void makeStores(@TempDir Path temporary) throws Exception {
        folder = temporary;
        base = TinyStore.twoVersions(folder);
        candidate = TinyStore.third(folder);
        newer = TinyStore.newer(folder, base, candidate);
        single = folder.resolve("single");
        StoreProgram.run("publish", single, candidate, new Disk());
        littered = folder.resolve("littered");
        TinyStore.copy(base, littered);
        TinyStore.registry(littered).revoke(TinyStore.tiny("0.1.0"), "its files are to go");
        Files.createDirectories(littered.resolve("tiny/0.9.0/golden"));
        Files.writeString(littered.resolve("tiny/0.9.0/golden/half.png"), "half");
        Files.createDirectories(littered.resolve("tiny/.fresh-0.8.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "promote", "gc", "mirror", "mirror-anew"})
    void aStoreOutlivesAKillAtEveryWrite(String command) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CORES);
        try {
            int killed = 0;
            List<Future<Boolean>> some;
            do {
                some = new ArrayList<>();
                for (int i = 1; i <= CORES; i++) {
                    int n = killed + i;
                    some.add(threads.submit(() -> outlivesKillAt(n, command)));
                }
                for (Future<Boolean> one : some) {
                    killed += one.get() ? 1 : 0;
                }
            } while (some.get(CORES - 1).get());
            Counts.add("%s: killed at each of %d writes".formatted(command, killed));
            assertThat(killed).isGreaterThan(4);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whether the command had an n-th write to be killed at. */
    private static boolean outlivesKillAt(int n, String command) throws Exception {
        Path store = folder.resolve(command + n);
        Path from = prepare(command, store);
        boolean killed = killAt(n, command, store, from);
        verify(store);
        if (killed) {
            again(command, store, from);
            verify(store);
            new Collector(new FolderPlace(store), true).remove();
            assertThat(new Collector(new FolderPlace(store), true).find()).isEmpty();
            verify(store);
        }
        return killed;
    }

    /** Makes the store to write into, and says where the command reads from. */
    private static Path prepare(String command, Path store) throws IOException {
        if (command.equals("mirror-anew")) {
            return single;
        }
        TinyStore.copy(command.equals("gc") ? littered : base, store);
        return command.equals("mirror") ? newer : candidate;
    }

    private static boolean killAt(int n, String command, Path store, Path from) throws Exception {
        Process process = StoreProcess.start(command, store, from, n, folder);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String last = "";
            for (String read = out.readLine(); read != null; read = out.readLine()) {
                last = read;
                if (read.equals("now")) {
                    // SIGKILL: no handler, no finally, no hook.
                    process.destroyForcibly().waitFor();
                    return true;
                }
            }
            assertThat(last).as(Files.readString(folder.resolve("errors"))).isEqualTo("done");
            return false;
        }
    }

    private static void verify(Path store) throws Exception {
        if (Files.exists(store.resolve(StoreIndex.FILE))) {
            assertThat(Verification.all(new FolderStore(store))).allMatch(Verification.Line::good);
        }
    }

    /** The same once more; what was done in full before the kill says so. */
    private static void again(String command, Path store, Path from) throws Exception {
        try {
            StoreProgram.run(command, store, from, new Disk());
        } catch (FileAlreadyExistsException e) {
            assertThat(e).hasMessageStartingWith("version: 0.3.0 of tiny is published");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessage("alias: stable of tiny is 0.1.0 (expected: another version)");
        }
    }
}
