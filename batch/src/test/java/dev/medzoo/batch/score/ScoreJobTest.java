package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        return new ScoreOptions(
                model,
                RuntimeChoice.ONNX,
                List.of(in),
                out.toString(),
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
    void aDamagedTableIsNamed() throws Exception {
        Path table = work.resolve("0.parquet");
        byte[] bytes = new byte[40];
        java.util.Arrays.fill(bytes, (byte) -1);
        System.arraycopy("PAR1".getBytes(StandardCharsets.UTF_8), 0, bytes, 0, 4);
        System.arraycopy(new byte[] {20, 0, 0, 0, 'P', 'A', 'R', '1'}, 0, bytes, 32, 8);
        Files.write(table, bytes);

        assertThatThrownBy(() -> score(work.resolve("out"), table))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("--in: %s: ".formatted(table))
                .hasMessageEndingWith("(expected: a Parquet file)");
        Path pipe = work.resolve("1.parquet");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> score(work.resolve("out"), pipe))
                .hasMessage("--in: %s: no regular file (expected: a Parquet file)".formatted(pipe));
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
