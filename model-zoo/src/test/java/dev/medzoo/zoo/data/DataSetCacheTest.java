package dev.medzoo.zoo.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.training.util.ProgressBar;
import ai.djl.util.Progress;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.RoughServer;
import dev.medzoo.zoo.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real web server; what is fetched need not be pictures, as nothing here decodes them. */
class DataSetCacheTest {
    private static final String ODD = "val/50 % dünn#2?.png";
    private static final String HEADER = "file,label,split,group,sha256\n";

    @TempDir private Path root;
    @TempDir private Path cache;
    private final List<String> notes = new ArrayList<>();
    private final List<Long> done = new ArrayList<>();
    private RoughServer server;
    private Path moles;

    @BeforeEach
    void serve() throws IOException {
        server = new RoughServer(root);
        moles = Files.createDirectories(root.resolve("data/moles"));
        put("train/a.png", "the first");
        put(ODD, "the second");
        list(row("train/a.png"), row(ODD));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fetchesWhatTheManifestListsAndReadsItOfflineAfterwards() throws Exception {
        Path folder = fetch(null);
        assertThat(folder.getFileName()).hasToString("moles");
        assertThat(folder.resolve("train/a.png")).hasContent("the first");
        assertThat(folder.resolve(ODD)).hasContent("the second");
        assertThat(server.asked)
                .containsExactlyInAnyOrder(
                        "data/moles/manifest.csv", "data/moles/train/a.png", "data/moles/" + ODD);
        assertThat(done).containsExactly(0L, 1L, 2L);
        String sha256 = Sha256.hex(moles.resolve("manifest.csv"));
        assertThat(notes)
                .containsExactly(
                        "data: moles: fetching 2 of 2 pictures from " + address(),
                        "data: moles: 2 pictures, 2 of them fetched; manifest sha256 " + sha256);
        server.close();
        assertThat(offline().fetch("moles", address(), null)).isEqualTo(folder);
        assertThat(offline().isDataSet(address())).isTrue();
        assertThat(offline().isDataSet(server.address() + "data/")).isFalse();
        assertThatThrownBy(() -> offline().fetch("moles", server.address() + "data/", null))
                .hasMessageStartingWith("moles/manifest.csv: offline, and not in the cache (");
    }

    @Test
    void goesOnWithWhatIsThere() throws Exception {
        Path folder = fetch(null);
        Files.delete(folder.resolve("train/a.png"));
        byte[] file = Files.readAllBytes(moles.resolve("train/a.png"));
        Path parts = Files.createDirectory(folder.resolveSibling("moles.parts"));
        Files.write(parts.resolve("2.part"), Arrays.copyOf(file, 4));
        server.asked.clear();
        assertThat(fetch(null).resolve("train/a.png")).hasContent("the first");
        assertThat(server.asked)
                .containsExactly("data/moles/manifest.csv", "data/moles/train/a.png bytes=4-");
        assertThat(parts).doesNotExist();
    }

    @Test
    void resumesWhenTheConnectionBreaks() throws Exception {
        server.next("data/moles/train/a.png", RoughServer.cutAfter(3), RoughServer.cutAfter(2));
        assertThat(fetch(null).resolve("train/a.png")).hasContent("the first");
        assertThat(server.asked)
                .contains("data/moles/train/a.png bytes=3-", "data/moles/train/a.png bytes=5-");
    }

    @Test
    void namesWhatIsWrongAndWhatIsAbsentAndKeepsTheRest() throws Exception {
        put("train/b.png", "the third");
        list(row("train/a.png"), row("train/b.png"), row(ODD));
        put("train/a.png", "another!!");
        Files.delete(moles.resolve("train/b.png"));
        String seen = Sha256.hex("another!!".getBytes(UTF_8));
        String expected = Sha256.hex("the first".getBytes(UTF_8));
        assertThatThrownBy(() -> fetch(null))
                .isInstanceOfSatisfying(
                        FaultyDataException.class,
                        e ->
                                assertThat(e.faults())
                                        .containsExactlyInAnyOrder(
                                                "moles/manifest.csv line 2: train/a.png: sha256 %s (expected: %s) in %s"
                                                        .formatted(seen, expected, address()),
                                                "moles/manifest.csv line 3: train/b.png: absent (expected: a file) at "
                                                        + address()));
        Path folder = copies("moles/manifest.csv").get(0).resolveSibling(".").normalize();
        assertThat(folder.resolve("train/a.png")).doesNotExist();
        assertThat(folder.resolve(ODD)).hasContent("the second");
    }

    @Test
    void manyFaultsAreInTheManifestsOrderAndTheRestIsSaidToBeUnasked() throws Exception {
        String[] rows =
                IntStream.range(0, 100)
                        .mapToObj(i -> "train/%d.png,dark,train,%d,%064x".formatted(i, i, i))
                        .toArray(String[]::new);
        list(rows);
        assertThatThrownBy(() -> fetch(null))
                .isInstanceOfSatisfying(
                        FaultyDataException.class,
                        e -> {
                            int named = e.faults().size() - 1;
                            assertThat(named).isBetween(20, 28);
                            assertThat(e.faults().get(named))
                                    .isEqualTo(
                                            "after %d faults no further picture was asked for"
                                                    .formatted(named));
                            assertThat(e.faults().subList(0, named))
                                    .isSortedAccordingTo(
                                            Comparator.comparingInt(
                                                    fault ->
                                                            Integer.parseInt(
                                                                    fault.replaceAll(
                                                                            ".* line (\\d+): .*",
                                                                            "$1"))));
                        });
    }

    @Test
    void asksForNoPictureWithoutADigest() throws Exception {
        list(row("train/a.png"), ODD + ",dark,val,g,none");
        assertThatThrownBy(() -> fetch(null))
                .hasMessage(
                        "moles/manifest.csv line 3: sha256: none (expected: 64 hexadecimal digits)");
        assertThat(server.asked).containsExactly("data/moles/manifest.csv");
    }

    @Test
    void aPinnedManifestIsTheOnlyOneTaken() throws Exception {
        String pin = Sha256.hex(moles.resolve("manifest.csv"));
        Path folder = fetch(pin);
        list(row("train/a.png"));
        server.asked.clear();
        assertThat(fetch(pin)).isEqualTo(folder);
        assertThat(server.asked).isEmpty();
        String other = "0".repeat(64);
        assertThatThrownBy(() -> fetch(other))
                .hasMessage(
                        "moles/manifest.csv: sha256 %s (expected: %s, as the recipe says) at %s"
                                .formatted(
                                        Sha256.hex(moles.resolve("manifest.csv")),
                                        other,
                                        address()));
    }

    @Test
    void anotherManifestIsAnotherCopyAndNothingIsFetchedTwice() throws Exception {
        Path before = fetch(null);
        put("train/c.png", "the newest");
        list(row("train/a.png"), row("train/c.png"));
        server.asked.clear();
        Path after = fetch(null);
        assertThat(after).isNotEqualTo(before);
        assertThat(server.asked)
                .containsExactly("data/moles/manifest.csv", "data/moles/train/c.png");
        assertThat(after.resolve("train/a.png")).hasContent("the first");
        assertThat(before.resolve(ODD)).hasContent("the second");
    }

    @Test
    void aDamagedCopyIsFetchedAgainAndNamedOffline() throws Exception {
        Path picture = fetch(null).resolve("train/a.png");
        Files.writeString(picture, "the worst");
        assertThatThrownBy(() -> offline().fetch("moles", address(), null))
                .hasMessage(
                        "moles/manifest.csv line 2: train/a.png: sha256 %s in the cache (expected: %s; go online once, to fetch it again)"
                                .formatted(
                                        Sha256.hex("the worst".getBytes(UTF_8)),
                                        Sha256.hex("the first".getBytes(UTF_8))));
        assertThat(fetch(null).resolve("train/a.png")).hasContent("the first");
        Files.delete(picture);
        assertThatThrownBy(() -> offline().fetch("moles", address(), null))
                .hasMessage(
                        "moles/manifest.csv line 2: train/a.png: offline, and not in the cache (expected: fetched before)");
    }

    @Test
    void refusesANameThatIsAPath() {
        assertThatThrownBy(() -> online().fetch("../moles", address(), null))
                .hasMessage(
                        "data set: ../moles (expected: a name of letters, digits, dots and dashes)");
    }

    private List<Path> copies(String path) throws IOException {
        try (var files = Files.walk(cache.resolve("data"))) {
            return files.filter(file -> file.endsWith(path)).toList();
        }
    }

    private Path fetch(@Nullable String sha256) throws Exception {
        return online().fetch("moles", address(), sha256);
    }

    private DataSetCache online() {
        return new DataSetCache(
                cache,
                at -> TestStores.online(at, cache, new ArrayList<>()),
                notes::add,
                new Seen());
    }

    private DataSetCache offline() {
        return new DataSetCache(
                cache, at -> TestStores.offline(at, cache), notes::add, new ProgressBar());
    }

    private String address() {
        return server.address() + "data/moles/";
    }

    private void put(String file, String content) throws IOException {
        Path path = moles.resolve(file);
        Files.createDirectories(path.resolveSibling(".").normalize());
        Files.writeString(path, content);
    }

    private String row(String file) throws IOException {
        return "%s,dark,%s,%s,%s"
                .formatted(
                        file,
                        file.substring(0, file.indexOf('/')),
                        file,
                        Sha256.hex(moles.resolve(file)));
    }

    private void list(String... rows) throws IOException {
        Files.writeString(moles.resolve("manifest.csv"), HEADER + String.join("\n", rows));
    }

    /** Writes down how many pictures are there. */
    private final class Seen implements Progress {
        @Override
        public void reset(String message, long max, @Nullable String trailingMessage) {
            assertThat(message).isEqualTo("Fetching moles");
        }

        @Override
        public void start(long initialProgress) {
            done.add(initialProgress);
        }

        @Override
        public void end() {}

        @Override
        public void increment(long increment) {
            update(done.get(done.size() - 1) + increment);
        }

        @Override
        public void update(long progress, @Nullable String message) {
            done.add(progress);
        }
    }
}
