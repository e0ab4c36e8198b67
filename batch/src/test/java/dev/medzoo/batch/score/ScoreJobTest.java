package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run over drawn pictures, in whatever form they come. */
@Tag("slow")
class ScoreJobTest {
    private static final ModelReference MODEL = ModelReference.parse("pretrained-skin");

    @TempDir static Path folder = Path.of("");
    private static Path pictures = Path.of("");
    private static Path plain = Path.of("");

    @TempDir Path work = Path.of("");

    @BeforeAll
    static void draw() throws IOException {
        TestSpark.session();
        pictures = DrawnPictures.folder(folder.resolve("pictures"), 20);
        plain = DrawnPictures.folder(folder.resolve("plain"), 10);
        Files.createDirectories(pictures.resolve("below:it"));
        Files.write(pictures.resolve("below:it/[1] ä.png"), DrawnPictures.png(77));
        Files.writeString(pictures.resolve("text.jpg"), "no picture");
        Files.write(pictures.resolve("empty.jpg"), new byte[0]);
        Files.writeString(pictures.resolve(".hidden"), "nobody sees it");
        Files.writeString(pictures.resolve("Thumbs.db"), "nor this");
    }

    private static ScoreOptions options(ModelReference model, Path out, String... in) {
        return options(model, out.toString(), in);
    }

    private static ScoreOptions options(ModelReference model, String out, String... in) {
        return new ScoreOptions(
                model,
                RuntimeChoice.ONNX,
                List.of(in),
                out,
                PictureOptions.USUAL,
                null,
                null,
                null,
                Map.of());
    }

    private static ScoreResult score(Path out, Object... in) throws Exception {
        String[] names = Stream.of(in).map(Object::toString).toArray(String[]::new);
        return new ScoreJob(options(MODEL, out, names), (done, all) -> {}).run();
    }

    private static List<Row> rows(Path out) {
        return spark().read()
                .parquet(out.resolve("findings").toString())
                .orderBy("file", "entry")
                .collectAsList();
    }

    private static SparkSession spark() {
        return TestSpark.session();
    }

    @Test
    void everyPictureHasOneRow() throws Exception {
        ScoreResult result = score(work.resolve("out"), pictures);

        List<Row> rows = rows(work.resolve("out"));
        assertThat(rows).hasSize(23);
        assertThat(rows.stream().map(row -> row.<String>getAs("file")).distinct()).hasSize(23);
        assertThat(result.summary().pictures()).isEqualTo(23);
        assertThat(result.summary().unread()).isEqualTo(2);
        assertThat(result.parts()).isEqualTo(2);
        assertThat(result.before()).isZero();
        for (Row row : rows) {
            String file = row.getAs("file");
            assertThat(row.<String>getAs("sha256"))
                    .isEqualTo(Sha256.hex(Files.readAllBytes(Path.of(file))));
            assertThat(row.<String>getAs("digest")).startsWith("sha256:");
            assertThat(row.isNullAt(row.fieldIndex("label")))
                    .isEqualTo(file.endsWith(".jpg"))
                    .isNotEqualTo(row.isNullAt(row.fieldIndex("error")));
        }
    }

    @Test
    void aRowSaysWhatPredictSays() throws Exception {
        score(work.resolve("out"), pictures.resolve("00[0-3].png"));

        List<Row> rows = rows(work.resolve("out"));
        assertThat(rows).hasSize(4);
        try (ZooModel<Path, Finding> model =
                        new MedZoo()
                                .load(MODEL, Path.class, Finding.class, RuntimeChoice.ONNX, null);
                Predictor<Path, Finding> predictor = model.newPredictor()) {
            for (Row row : rows) {
                Finding finding = predictor.predict(Path.of(row.<String>getAs("file")));
                assertThat(row.<String>getAs("label")).isEqualTo(finding.label());
                assertThat(row.<Double>getAs("probability"))
                        .isEqualTo(finding.probability(), offset(1e-5));
                assertThat(row.getJavaMap(row.fieldIndex("probabilities")))
                        .hasSize(finding.probabilities().size());
                assertThat(row.getList(row.fieldIndex("conformalSet")))
                        .isEqualTo(finding.set().labels());
                assertThat(row.<Boolean>getAs("abstained")).isEqualTo(finding.abstained());
                assertThat(row.<Boolean>getAs("unlikeTraining"))
                        .isEqualTo(finding.isUnlikeTraining());
                assertThat(row.<String>getAs("version")).isEqualTo(finding.model().version());
                assertThat(row.<String>getAs("digest")).isEqualTo(finding.model().digest());
            }
        }
    }

    @Test
    void theSummaryAddsUpAndThePageSaysWhatItIsFor() throws Exception {
        Path out = work.resolve("out");
        score(out, pictures);

        JsonNode summary = new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        long sum = summary.at("/abstained").asLong() + summary.at("/unlikeTraining").asLong();
        for (JsonNode count : summary.at("/answered")) {
            sum += count.asLong();
        }
        assertThat(sum + summary.at("/unread").asLong()).isEqualTo(23);
        assertThat(summary.at("/notice").asText()).isEqualTo(Finding.NOTICE);
        assertThat(summary.at("/reasons")).hasSize(2);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains(Finding.NOTICE, "(unlike its training pictures)", "picture: empty");
        assertThat(out.resolve("_working")).doesNotExist();
    }

    @Test
    void aRunGoesOnWithWhatIsNotDone() throws Exception {
        Path out = work.resolve("out");
        score(out, pictures);
        List<Row> before = rows(out);
        Path first = out.resolve("findings/part-000000.parquet");
        Files.write(first, new byte[] {1, 2, 3});
        Files.createDirectories(out.resolve("_working"));
        Files.writeString(out.resolve("_working/part-000001.parquet.left"), "by one that died");

        ScoreResult again = score(out, pictures);

        assertThat(again.before()).isEqualTo(1);
        assertThat(rows(out)).isEqualTo(before);
        assertThat(score(out, pictures).before()).isEqualTo(2);
        Files.delete(first);
        assertThat(score(out, pictures).before()).isEqualTo(1);
        assertThat(rows(out)).isEqualTo(before);
        assertThat(out.resolve("_working")).doesNotExist();
    }

    @Test
    void findingsThatLieAmongThePicturesAreNoInput() throws Exception {
        Path among = DrawnPictures.folder(work.resolve("among"), 2);
        Path out = among.resolve("out");
        score(out, among);

        ScoreResult again = score(out, among);

        assertThat(again.before()).isEqualTo(1);
        assertThat(again.summary().pictures()).isEqualTo(2);
    }

    @Test
    void anotherRunIsRefused() throws Exception {
        Path out = work.resolve("out");
        score(out, pictures.resolve("000.png"));

        assertThatThrownBy(() -> score(out, pictures.resolve("00[01].png")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--in: 2 pictures, not the files that")
                .hasMessageContaining("(expected: those, or a new --out)");
        ScoreOptions other =
                options(
                        ModelReference.parse("breast-idc"),
                        out,
                        pictures.resolve("000.png").toString());
        assertThatThrownBy(() -> new ScoreJob(other, (done, all) -> {}).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model: breast-idc")
                .hasMessageContaining("has findings by pretrained-skin");
        Path full = Files.createDirectories(work.resolve("full"));
        Files.writeString(full.resolve("file"), "here");
        assertThatThrownBy(() -> score(full, pictures))
                .hasMessageContaining("file in it and no run.json (expected: a new or empty");
        assertThatThrownBy(() -> score(full.resolve("file"), pictures))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file: a file (expected: a new or empty folder)");
        assertThatThrownBy(() -> score(full.resolve("file/below"), pictures))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "--out: %s: lies in a file (expected: a folder)"
                                .formatted(full.resolve("file/below")));
        assertThatThrownBy(() -> score(work.resolve("new"), work.resolve("none*.png")))
                .hasMessageContaining("none*.png");
    }

    @ParameterizedTest
    @CsvSource({"version, 0.9.0", "digest, sha256:00"})
    void anotherVersionOrDigestIsRefused(String field, String value) throws Exception {
        Path out = work.resolve("out");
        String picture = pictures.resolve("000.png").toString();
        ScoreSummary.Model model = score(out, picture).summary().model();
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode run = (ObjectNode) mapper.readTree(out.resolve("run.json").toFile());
        mapper.writeValue(out.resolve("run.json").toFile(), run.put(field, value));

        assertThatThrownBy(() -> score(out, picture))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "model: %s %s, %s, but %s has findings by %s %s, %s (expected: the same, or a new --out)",
                        model.name(),
                        model.version(),
                        model.digest(),
                        out,
                        model.name(),
                        run.path("version").asText(),
                        run.path("digest").asText());
    }

    @Test
    void aPlaceThatCannotBeMadeIsNamed() {
        String nowhere = "failing:///no-bucket/x";
        FailingFileSystem.add(spark().sparkContext().hadoopConfiguration());
        ScoreOptions options = options(MODEL, nowhere, pictures.toString());
        assertThatThrownBy(() -> new ScoreJob(options, (done, all) -> {}).run())
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "--out: %s: no such bucket (expected: a folder that can be reached)",
                        nowhere);
    }

    @Test
    void aFileSystemThatIsNowhereIsNamed() {
        String nowhere = "hdfs://nowhere.invalid:1/x";
        assertThatThrownBy(() -> score(work.resolve("out"), nowhere))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "--in: %s: unknown host nowhere.invalid (expected: files that can be listed)",
                        nowhere);
        ScoreOptions options = options(MODEL, nowhere, pictures.toString());
        assertThatThrownBy(() -> new ScoreJob(options, (done, all) -> {}).run())
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "--out: %s: unknown host nowhere.invalid (expected: a folder that can be reached)",
                        nowhere);
        Configuration hadoop = new Configuration();
        hadoop.setInt("ipc.client.connect.max.retries", 0);
        FileSystems files = new FileSystems(hadoop);
        String silent = "hdfs://127.0.0.1:1/x";
        assertThatThrownBy(() -> InputFiles.list(List.of(silent), files))
                .hasMessage(
                        "--in: %s: Connection refused (expected: files that can be listed)",
                        silent);
        assertThatThrownBy(() -> new OutFolder(silent, files).begun())
                .hasMessage(
                        "--out: %s: Connection refused (expected: a folder that can be reached)",
                        silent);
        assertThatThrownBy(() -> InputFiles.list(List.of("zoo://x/y"), files))
                .hasMessageStartingWith(
                        "--in: zoo://x/y: no file system for zoo (expected: its jars");
    }

    /** Hadoop would wait for a quarter of an hour. */
    @Test
    void aHostThatSaysNothingIsWaitedForAsLongAsSettingsSayElseAMinute() {
        String name = "ipc.client.connect.max.retries.on.timeouts";
        Configuration set = new Configuration();
        set.setInt(name, 7);
        assertThat(new FileSystems(new Configuration()).configuration().getInt(name, 0))
                .isEqualTo(2);
        assertThat(new FileSystems(set).configuration().getInt(name, 0)).isEqualTo(7);
    }

    @Test
    void onThisMachineTasksAreTriedAgainToo() throws Exception {
        ScoreOptions usual = options(MODEL, work.resolve("out"), "a.png");
        assertThat(ScoreSession.settings(usual).get("spark.master")).isEqualTo("local[*,4]");
    }

    @Test
    void whatCannotBeOpenedHasARow() throws Exception {
        Path odd = Files.createDirectory(work.resolve("odd"));
        Files.createSymbolicLink(odd.resolve("nowhere.png"), odd.resolve("none"));
        Files.createSymbolicLink(odd.resolve("nowhere.tar"), odd.resolve("none"));
        assertThat(new ProcessBuilder("mkfifo", odd.resolve("pipe").toString()).start().waitFor())
                .isZero();

        score(work.resolve("out"), odd);

        assertThat(rows(work.resolve("out")))
                .extracting(row -> row.<String>getAs("error"))
                .containsExactly(
                        "picture: no longer there (expected: the file that was listed)",
                        "picture: no longer there (expected: the file that was listed)",
                        "picture: cannot be read (no regular file)");
    }

    @Test
    void aTarShardHasARowForEachPicture() throws Exception {
        Path shard = work.resolve("shard-000.tar");
        byte[] tar = tar();
        Files.write(shard, tar);
        Path zipped = work.resolve("shard-001.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(tar);
        }
        Path cut = work.resolve("shard-002.tar");
        Files.write(cut, java.util.Arrays.copyOf(tar, tar.length / 2));

        ScoreResult result = score(work.resolve("out"), shard, zipped, cut);

        List<Row> rows = rows(work.resolve("out"));
        assertThat(rows.stream().filter(row -> shard.toString().equals(row.getAs("file"))))
                .extracting(row -> row.<String>getAs("entry"))
                .containsExactly("a/0.png", "a/1.png", "a/2.png", "a/3.PNG");
        assertThat(rows.stream().filter(row -> zipped.toString().equals(row.getAs("file"))))
                .hasSize(4)
                .allMatch(row -> row.getAs("error") == null);
        assertThat(rows.stream().filter(row -> cut.toString().equals(row.getAs("file"))))
                .anySatisfy(
                        row ->
                                assertThat(row.<String>getAs("error"))
                                        .startsWith("tar: damaged, the rest is not read"));
        assertThat(result.summary().passedOver()).isBetween(8L, 12L);
        assertThat(result.parts()).isEqualTo(3);
    }

    /** Of a name of gigabytes, packed in kilobytes, an executor would die. */
    @Test
    void anEndlessNameInATarIsDamage() throws Exception {
        byte[] name = new byte[2 << 20];
        java.util.Arrays.fill(name, (byte) 'a');
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            add(tar, "before.png", DrawnPictures.png(1));
            TarArchiveEntry entry =
                    new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            entry.setSize(name.length);
            tar.putArchiveEntry(entry);
            tar.write(name);
            tar.closeArchiveEntry();
            add(tar, "after.png", DrawnPictures.png(2));
        }
        Path shard = Files.write(work.resolve("shard.tar"), bytes.toByteArray());

        score(work.resolve("out"), shard);

        assertThat(rows(work.resolve("out")))
                .extracting(row -> row.<String>getAs("error"))
                .containsExactlyInAnyOrder(
                        null,
                        "tar: damaged, the rest is not read (headers of an entry: over 1048576 bytes)");
    }

    @Test
    void linksAndEmptyArchivesHaveRowsThatSaySo() throws Exception {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry link = new TarArchiveEntry("a.png", TarConstants.LF_LINK);
            link.setLinkName("b.png");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        Path shard = Files.write(work.resolve("0.tar"), bytes.toByteArray());
        Path none = Files.write(work.resolve("1.tar"), new byte[0]);
        Path zipped = work.resolve("2.TGZ");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(bytes.toByteArray());
        }

        score(work.resolve("out"), shard, none, zipped);

        assertThat(rows(work.resolve("out")))
                .extracting(row -> row.<String>getAs("error"))
                .containsExactly(
                        "picture: a link to another entry (expected: its bytes)",
                        "tar: empty (expected: an archive)",
                        "picture: a link to another entry (expected: its bytes)");
    }

    @Test
    void damagedTablesAndArchivesAmongGoodOnesHaveRows() throws Exception {
        Path set = Files.createDirectory(work.resolve("set"));
        Files.write(set.resolve("0.png"), DrawnPictures.png(0));
        byte[] table = table();
        Files.write(set.resolve("1-good.parquet"), table);
        Files.writeString(set.resolve("2-text.parquet"), "no table, but long enough");
        Files.write(set.resolve("3-empty.parquet"), new byte[0]);
        byte[] footer = new byte[40];
        java.util.Arrays.fill(footer, (byte) -1);
        System.arraycopy("PAR1".getBytes(StandardCharsets.UTF_8), 0, footer, 0, 4);
        System.arraycopy(new byte[] {20, 0, 0, 0, 'P', 'A', 'R', '1'}, 0, footer, 32, 8);
        Files.write(set.resolve("4-footer.parquet"), footer);
        Files.write(set.resolve("5-cut.parquet"), java.util.Arrays.copyOf(table, table.length / 2));
        byte[] pages = table.clone();
        java.util.Arrays.fill(pages, 4, 200, (byte) -1);
        Files.write(set.resolve("6-pages.parquet"), pages);
        Path pipe = set.resolve("7-pipe.parquet");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Files.writeString(set.resolve("8-text.tar"), "no archive".repeat(200));
        Files.writeString(set.resolve("9-text.tgz"), "no archive".repeat(200));

        ScoreResult result = score(work.resolve("out"), set);

        assertThat(rows(work.resolve("out")))
                .filteredOn(row -> row.getAs("error") != null)
                .extracting(
                        row ->
                                Path.of(row.<String>getAs("file")).getFileName()
                                        + " "
                                        + row.<String>getAs("error"))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("2-text.parquet parquet: damaged, the"),
                        row -> assertThat(row).startsWith("3-empty.parquet parquet: damaged, the"),
                        row -> assertThat(row).startsWith("4-footer.parquet parquet: damaged, the"),
                        row -> assertThat(row).startsWith("5-cut.parquet parquet: damaged, the"),
                        row -> assertThat(row).startsWith("6-pages.parquet parquet: damaged, the"),
                        row ->
                                assertThat(row)
                                        .isEqualTo(
                                                "7-pipe.parquet picture: cannot be read (no regular file)"),
                        row -> assertThat(row).startsWith("8-text.tar tar: damaged, the rest"),
                        row -> assertThat(row).startsWith("9-text.tgz tar: damaged, the rest"));
        assertThat(result.summary().pictures() - result.summary().unread()).isEqualTo(4);
        assertThat(result.summary().reasons())
                .allSatisfy(reason -> assertThat(reason.error()).doesNotContain(set.toString()));
        assertThat(score(work.resolve("out"), set).before()).isEqualTo(result.parts());
    }

    /** The session of these tests tries a task three times. */
    @Test
    void aReadThatFailsElsewhereIsRepeatedAndNoRow() throws Exception {
        FailingFileSystem.add(spark().sparkContext().hadoopConfiguration());
        Path set = Files.createDirectory(work.resolve("set"));
        Files.write(set.resolve("0.png"), DrawnPictures.png(0));
        Files.write(set.resolve("1.parquet"), table());
        Files.write(set.resolve("2.tar"), tar());
        Files.writeString(set.resolve("3.parquet"), "no table, but long enough");
        Files.writeString(set.resolve("4.tgz"), "no archive".repeat(200));
        for (String each : List.of("0.png", "1.parquet", "2.tar")) {
            FailingFileSystem.LEFT.set(2);

            ScoreResult result = score(work.resolve("out-" + each), "failing:" + set.resolve(each));

            assertThat(FailingFileSystem.LEFT).hasValue(0);
            assertThat(result.summary().unread()).isZero();
            assertThat(result.summary().pictures()).isPositive();
            FailingFileSystem.LEFT.set(3);
            Path other = work.resolve("other-" + each);
            assertThatThrownBy(() -> score(other, "failing:" + set.resolve(each)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "score: a task failed: connection reset (expected: that each ends; the same command goes on)");
            assertThat(score(other, "failing:" + set.resolve(each)).summary().unread()).isZero();
        }
        ScoreResult damaged =
                score(
                        work.resolve("out"),
                        "failing:" + set.resolve("3.parquet"),
                        "failing:" + set.resolve("4.tgz"));
        assertThat(damaged.summary().unread()).isEqualTo(2);
    }

    /** Bytes that are no longer what they were end in a row at worst, and in no exception. */
    @Test
    void noDamageGoesUnsaid() throws Exception {
        FileSystems files = new FileSystems(spark().sparkContext().hadoopConfiguration());
        java.io.ByteArrayOutputStream zipped = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(tar());
        }
        java.util.Random random = new java.util.Random(19);
        Map<String, byte[]> whole =
                Map.of("a.parquet", table(), "a.tar", tar(), "a.tgz", zipped.toByteArray());
        for (int i = 0; i < 100; i++) {
            for (var each : whole.entrySet()) {
                byte[] bytes = each.getValue().clone();
                for (int flip = 0; flip < 1 + i % 4; flip++) {
                    // Where the structure is: the first page's header, the first entry's, the
                    // footer.
                    int at =
                            random.nextBoolean()
                                    ? random.nextInt(Math.min(600, bytes.length))
                                    : bytes.length
                                            - 1
                                            - random.nextInt(Math.min(2000, bytes.length));
                    bytes[at] = (byte) random.nextInt();
                }
                Path file = Files.write(work.resolve(each.getKey()), bytes);
                InputPlan plan;
                try {
                    plan =
                            InputPlan.of(
                                    InputFiles.list(List.of(file.toString()), files),
                                    files,
                                    null,
                                    null);
                } catch (IllegalArgumentException e) {
                    // A column has another name now.
                    assertThat(e).hasMessageStartingWith("--column: ");
                    continue;
                }
                for (InputPart part : plan.parts()) {
                    try (SourcePictures pictures = SourcePictures.open(part, files)) {
                        int read = 0;
                        while (pictures.next() != null) {
                            read++;
                        }
                        assertThat(read).isLessThan(10);
                    }
                }
            }
        }
    }

    /** Three pictures. */
    private byte[] table() throws IOException {
        Path table = work.resolve("table");
        spark().read()
                .format("binaryFile")
                .load(plain.resolve("00[0-2].png").toString())
                .coalesce(1)
                .write()
                .parquet(table.toString());
        try (Stream<Path> all = Files.list(table)) {
            return Files.readAllBytes(
                    all.filter(file -> file.toString().endsWith(".parquet"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    private static byte[] tar() throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < 4; i++) {
                add(tar, "a/%d.%s".formatted(i, i == 3 ? "PNG" : "png"), DrawnPictures.png(i));
                add(tar, "a/%d.cls".formatted(i), "1".getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] bytes)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    @Test
    void aColumnOfParquetHasARowForEachPicture() throws Exception {
        String table = work.resolve("table").toString();
        spark().read().format("binaryFile").load(plain.toString()).write().parquet(table);

        score(work.resolve("out"), table);

        List<Row> rows = rows(work.resolve("out"));
        assertThat(rows).hasSize(10);
        assertThat(rows)
                .extracting(row -> row.<String>getAs("entry"))
                .allMatch(name -> name.startsWith("file:") && name.endsWith(".png"));
        assertThat(rows).allMatch(row -> row.getAs("error") == null);
    }

    @Test
    void aColumnMayBeNamedAndInAStruct() throws Exception {
        String table = work.resolve("table").toString();
        spark().read()
                .format("binaryFile")
                .load(plain.resolve("00[0-2].png").toString())
                .select(
                        functions
                                .struct(
                                        functions
                                                .when(
                                                        functions
                                                                .col("path")
                                                                .endsWith("002.png")
                                                                .equalTo(false),
                                                        functions.col("content"))
                                                .as("raw"))
                                .as("scan"),
                        functions.col("length").as("number"))
                .coalesce(1)
                .write()
                .parquet(table);
        ScoreOptions unnamed = options(MODEL, work.resolve("out"), table);
        assertThatThrownBy(() -> new ScoreJob(unnamed, (done, all) -> {}).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--column: none of [content, image.bytes, bytes] is binary")
                .hasMessageContaining("(expected: one of [scan.raw, number])");
        ScoreOptions named =
                new ScoreOptions(
                        MODEL,
                        RuntimeChoice.ONNX,
                        List.of(table),
                        work.resolve("out").toString(),
                        PictureOptions.USUAL,
                        "scan.raw",
                        null,
                        null,
                        Map.of());

        new ScoreJob(named, (done, all) -> {}).run();

        List<Row> rows = rows(work.resolve("out"));
        assertThat(rows)
                .extracting(row -> row.<String>getAs("entry"))
                .containsExactly("0", "1", "2");
        assertThat(rows)
                .extracting(row -> row.<String>getAs("error"))
                .filteredOn(error -> error != null)
                .containsExactly("picture: null in scan.raw (expected: bytes)");
    }
}
