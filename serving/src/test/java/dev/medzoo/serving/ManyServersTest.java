package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.artifact.Version;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three server processes on one http store, each with a client that never stops asking: what is
 * published and what is revoked reaches all of them, no answer is lost, and each says by which
 * artifact it was given.
 */
@Tag("slow")
class ManyServersTest {
    private static final int SERVERS = 3;
    private static final Version NEXT = Version.parse("1.1.0");
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)\\R");
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final long PAUSE_MILLIS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile boolean isOver;

    /** One process, and what its client was answered, in turn: digests, or what went wrong. */
    private record Served(Process process, Path log, Queue<String> answers) {
        URI address() throws InterruptedException {
            Matcher[] found = new Matcher[1];
            Deadline.await(
                    () -> {
                        found[0] = LISTENING.matcher(text());
                        assertThat(process.isAlive()).as(text()).isTrue();
                        return found[0].find();
                    });
            return URI.create(found[0].group(1));
        }

        private String text() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** The latest answer has this digest. */
        boolean says(String digest) {
            List<String> now = List.copyOf(answers);
            return !now.isEmpty() && now.get(now.size() - 1).equals(digest);
        }
    }

    @Test
    void whatIsPublishedAndRevokedReachesAll(@TempDir Path root, @TempDir Path own)
            throws Exception {
        StoreCopy store = new StoreCopy(root, SKIN).write();
        List<Served> servers = new ArrayList<>();
        List<Thread> clients = new ArrayList<>();
        try (FolderOverHttp registry = new FolderOverHttp(root)) {
            for (int i = 0; i < SERVERS; i++) {
                servers.add(start(own, String.valueOf(i), registry));
            }
            for (Served each : servers) {
                clients.add(client(each));
            }
            String first = SmallModel.of(SKIN).manifest().digest();
            awaitAll(servers, first);

            store.add(SKIN, NEXT, "\"temperature\" : [0-9.]+", "\"temperature\" : 3.0")
                    .stable(SKIN, NEXT)
                    .write();
            String second = store.digest(SKIN, NEXT);
            awaitAll(servers, second);
            for (Served each : servers) {
                assertThat(ask(each.address(), "/" + NEXT)).isEqualTo(second);
            }

            store.revoke(SKIN, NEXT, "a test").stable(SKIN, StoreCopy.VERSION).write();
            awaitAll(servers, first);
            for (Served each : servers) {
                assertThat(ask(each.address(), "/" + NEXT)).startsWith("404 ").contains("a test");
            }
            isOver = true;
            for (Thread each : clients) {
                each.join();
            }
            for (int i = 0; i < SERVERS; i++) {
                // From one to the next and back, never between, and nothing else.
                List<String> answers = List.copyOf(servers.get(i).answers());
                assertThat(answers).isSubsetOf(first, second);
                assertThat(turns(answers)).isEqualTo(2);
                // Each by its own reading of the index.
                assertThat(registry.reads(String.valueOf(i), "index.json"))
                        .isGreaterThanOrEqualTo(3);
            }
        } finally {
            isOver = true;
            servers.forEach(each -> each.process().destroyForcibly());
        }
    }

    private static void awaitAll(List<Served> servers, String digest) throws InterruptedException {
        for (Served each : servers) {
            Deadline.await(() -> each.says(digest));
        }
    }

    private static long turns(List<String> answers) {
        long turns = 0;
        for (int i = 1; i < answers.size(); i++) {
            turns += answers.get(i).equals(answers.get(i - 1)) ? 0 : 1;
        }
        return turns;
    }

    private static Served start(Path own, String name, FolderOverHttp registry) throws IOException {
        Path log = own.resolve(name + ".log");
        ProcessBuilder program =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Dai.djl.offline=true",
                        "-Dmedzoo.cache=" + own.resolve("cache-" + name),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProgram.class.getName(),
                        "store=" + registry.address(name),
                        "store_refresh=0.2",
                        "max_wait=86400",
                        "access_log=false");
        program.redirectErrorStream(true).redirectOutput(log.toFile());
        return new Served(program.start(), log, new ConcurrentLinkedQueue<>());
    }

    private Thread client(Served server) throws InterruptedException {
        URI address = server.address();
        Thread client =
                new Thread(
                        () -> {
                            while (!isOver) {
                                server.answers().add(ask(address, ""));
                                pause();
                            }
                        });
        client.start();
        return client;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The digest in the answer, else its status and body. */
    private String ask(URI server, String version) {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve("/predictions/" + SKIN + version))
                        .timeout(Duration.ofMinutes(10))
                        .POST(BodyPublishers.ofByteArray(PICTURE))
                        .build();
        Answer answer =
                http.sendAsync(request, BodyHandlers.ofString()).thenApply(Answer::of).join();
        return answer.status() == 200
                ? answer.header("x-medzoo-digest")
                : answer.status() + " " + answer.body();
    }
}
