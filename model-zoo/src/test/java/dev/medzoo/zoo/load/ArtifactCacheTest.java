package dev.medzoo.zoo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Progress;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.TinyArtifact;
import dev.medzoo.zoo.artifact.ManifestEntry;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.RoughServer;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache between processes: real ones, a real server, and a kill. */
@Tag("slow")
class ArtifactCacheTest {
    private static final String PARAMS = "tiny/0.1.0/tiny-0000.params";

    private Path root;
    private Path cache;
    private RoughServer server;
    private IndexEntry entry;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path models, @TempDir Path copies) throws Exception {
        root = models;
        cache = copies;
        System.setProperty(CacheFolder.PROPERTY, cache.toString());
        Store folder = TinyArtifact.store(root, "tiny/0.1.0");
        entry = VerifiedStore.of(folder).index().resolve(ModelReference.parse("tiny"));
        server = new RoughServer(root);
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        server.close();
        System.clearProperty(CacheFolder.PROPERTY);
        System.clearProperty(CacheFolder.OFFLINE_PROPERTY);
    }

    private Process fetching() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-D" + CacheFolder.PROPERTY + "=" + cache,
                                "-cp",
                                System.getProperty("java.class.path"),
                                FetchProgram.class.getName(),
                                server.address(),
                                "tiny")
                        .redirectErrorStream(true)
                        .start();
        processes.add(process);
        return process;
    }

    private static void assertEndsWell(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private void assertWholeCopy() throws Exception {
        Path folder = ArtifactCache.folder(entry.digest());
        assertThat(
                        VerifiedArtifact.ofFolder(folder, entry.digest(), TrustPolicy.none())
                                .content()
                                .card()
                                .name())
                .isEqualTo("tiny");
        assertThat(cache).isDirectoryNotContaining("glob:**.fetch");
    }

    @Test
    void twoProcessesThatFetchAtOnceFetchOnce() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        RoughServer.Turn index =
                (exchange, file) -> {
                    both.countDown();
                    RoughServer.well(exchange, file);
                };
        server.next("index.json", index, index)
                .next(
                        PARAMS,
                        (exchange, file) -> {
                            both.await();
                            RoughServer.well(exchange, file);
                        });
        List<Process> two = List.of(fetching(), fetching());
        for (Process process : two) {
            assertEndsWell(process);
        }
        assertThat(server.asked).filteredOn(path -> path.equals("index.json")).hasSize(2);
        assertThat(server.asked)
                .filteredOn(path -> path.startsWith("tiny/") && !path.endsWith("manifest.json"))
                .doesNotHaveDuplicates()
                .contains(PARAMS);
        assertWholeCopy();
    }

    @Test
    void goesOnWhereAKilledProcessWas() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        int half = (int) Files.size(root.resolve(PARAMS)) / 2;
        server.next(
                PARAMS,
                (exchange, file) -> {
                    RoughServer.cutAfter(half).answer(exchange, file);
                    never.await();
                });
        Process killed = fetching();
        await(() -> halfAPart(half));
        killed.destroyForcibly().waitFor();
        assertThat(ArtifactCache.folder(entry.digest())).doesNotExist();
        server.asked.clear();

        assertEndsWell(fetching());
        assertThat(server.asked)
                .containsExactly(
                        "index.json",
                        "tiny/0.1.0/manifest.json",
                        PARAMS + " bytes=" + half + "-",
                        "tiny/0.1.0/model.sig");
        assertWholeCopy();
    }

    private boolean halfAPart(int half) throws IOException {
        // Parts of other files are renamed meanwhile. Only this one stays under its name.
        Path part =
                cache.resolve(ArtifactCache.folder(entry.digest()).getFileName() + ".fetch")
                        .resolve(Sha256.hex(Files.readAllBytes(root.resolve(PARAMS))) + ".part");
        return Files.exists(part) && Files.size(part) == half;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
        while (!condition.holds()) {
            assertThat(Instant.now()).isBefore(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void tellsOfEveryByte() throws Exception {
        Heard heard = new Heard();
        new ArtifactCache(Store.open(server.address())).fetch(entry, heard);
        long bytes =
                VerifiedStore.of(Store.open(root.toString()))
                        .artifact(entry)
                        .manifest()
                        .files()
                        .stream()
                        .mapToLong(ManifestEntry::size)
                        .sum();
        assertThat(heard.text).startsWith("Fetching tiny/0.1.0 " + bytes + " start ");
        assertThat(heard.text).endsWith(" end");
        assertThat(heard.at).isSorted().endsWith(bytes);
        new ArtifactCache(Store.open(server.address())).fetch(entry, new Heard());
        assertThat(new Heard().text).isEmpty();
    }

    @Test
    void offlineItLoadsWhatWasFetchedAndRefusesTheRest() throws Exception {
        ModelReference tiny = ModelReference.parse("tiny");
        System.setProperty(CacheFolder.OFFLINE_PROPERTY, "true");
        assertThatThrownBy(() -> new MedZoo(Store.open(server.address())).index())
                .hasMessageStartingWith("index.json: offline, and not in the cache");
        System.setProperty(CacheFolder.OFFLINE_PROPERTY, "false");
        new MedZoo(Store.open(server.address())).index();
        System.setProperty(CacheFolder.OFFLINE_PROPERTY, "true");
        assertThatThrownBy(() -> load(tiny))
                .hasMessageStartingWith("tiny/0.1.0/manifest.json: offline, and not in the cache");
        System.setProperty(CacheFolder.OFFLINE_PROPERTY, "0");
        load(tiny);
        server.close();
        System.setProperty(CacheFolder.OFFLINE_PROPERTY, "1");
        load(tiny);
        Files.delete(ArtifactCache.folder(entry.digest()).resolve("tiny-0000.params"));
        assertThatThrownBy(() -> load(tiny))
                .hasMessageStartingWith("tiny-0000.params: absent (expected: 8049 bytes) in ")
                .hasMessageEndingWith(
                        " is damaged or out of date (expected: go online once, to fetch it again)");
        System.setProperty(CacheFolder.OFFLINE_PROPERTY, "perhaps");
        assertThatThrownBy(() -> load(tiny))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("offline: perhaps (expected: true or false)");
    }

    private void load(ModelReference reference) throws Exception {
        new MedZoo(Store.open(server.address()))
                .load(reference, byte[].class, dev.medzoo.translate.finding.Finding.class)
                .close();
    }

    /** Writes down what it is told. */
    private static final class Heard implements Progress {
        private String text = "";
        private final List<Long> at = new ArrayList<>();

        @Override
        public void reset(String message, long max, @Nullable String trailing) {
            text += message + " " + max;
        }

        @Override
        public void start(long progress) {
            text += " start ";
        }

        @Override
        public void end() {
            text += " end";
        }

        @Override
        public void increment(long increment) {
            throw new AssertionError("never");
        }

        @Override
        public void update(long progress, @Nullable String message) {
            at.add(progress);
        }
    }
}
