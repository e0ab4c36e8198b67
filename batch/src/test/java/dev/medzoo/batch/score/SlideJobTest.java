package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.batch.slide.Slide;
import dev.medzoo.batch.slide.SlideFiles;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.batch.slide.SlideReport;
import dev.medzoo.batch.slide.SlideResult;
import dev.medzoo.batch.slide.SlideScorer;
import dev.medzoo.batch.slide.TileGrid;
import dev.medzoo.batch.slide.TissueMap;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run over drawn slides, each of several parts, and over files that are none. */
@Tag("slow")
class SlideJobTest {
    private static final ModelReference MODEL = ModelReference.parse("breast-idc");

    /** Fields of 20 pixels: some thousand with tissue a slide. */
    private static final SlideReading READING =
            new SlideReading(null, 1, 20, "options", null, 0.25, List.of());

    @TempDir static Path folder = Path.of("");
    private static Path slides = Path.of("");
    private static Path out = Path.of("");

    private static SlidesSummary summary = none();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T none() {
        return null;
    }

    @BeforeAll
    static void score() throws Exception {
        TestSpark.session();
        slides = Files.createDirectories(folder.resolve("slides"));
        SlideFiles.whole(slides.resolve("a.tif"), 1, 1);
        SlideFiles.whole(Files.createDirectories(slides.resolve("below")).resolve("a.tif"), 1, 2);
        SlideFiles.damaged(slides.resolve("damaged.tif"), 3);
        SlideFiles.whole(slides.resolve("coarse.tif"), 5, 4);
        SlideFiles.whole(slides.resolve("scaleless.tif"), 0, 5);
        Files.writeString(slides.resolve("text.svs"), "no slide");
        out = folder.resolve("out");
        SlideJob.Result result = score(out, READING);
        assertThat(result.before()).isZero();
        assertThat(result.parts()).isEqualTo(3 * 4 + 3);
        summary = result.summary();
    }

    private static ScoreOptions options(Path to, String... in) {
        return new ScoreOptions(
                MODEL,
                RuntimeChoice.ONNX,
                List.of(in),
                to.toString(),
                PictureOptions.USUAL,
                null,
                null,
                null,
                Map.of());
    }

    private static SlideJob.Result score(Path to, SlideReading reading) throws Exception {
        return new SlideJob(options(to, slides.toString()), reading, (done, all) -> {}).run();
    }

    private static List<Row> rows(String file) {
        return TestSpark.session()
                .read()
                .parquet(out.resolve("findings").toString())
                .where("file = '%s'".formatted(slides.resolve(file)))
                .orderBy("row", "column")
                .collectAsList();
    }

    /** What {@code medzoo slide} does. */
    private static SlideResult alone(Slide slide, ZooModel<NetworkInput, Finding> model)
            throws Exception {
        TileGrid grid = READING.grid(slide);
        TissueMap tissue = TissueMap.of(slide, grid);
        return new SlideResult(
                slide,
                Preparation.of(model, new PictureDecoder()).model(),
                READING.micrometres(slide),
                READING.scaleSource(),
                grid,
                READING.modelScaleSource(),
                tissue,
                READING.leastTissue(),
                new SlideScorer(model, 2)
                        .score(slide, grid, tissue, READING.leastTissue(), (done, all) -> {}));
    }

    @Test
    void everyFieldHasOneRowAndEverySlideTheMapThatItHasAlone() throws Exception {
        try (ZooModel<NetworkInput, Finding> model =
                new MedZoo()
                        .load(MODEL, NetworkInput.class, Finding.class, RuntimeChoice.ONNX, null)) {
            for (String name : List.of("a.tif", "below/a.tif")) {
                Path same = folder.resolve("alone-" + name.replace('/', '-'));
                try (Slide slide = Slide.open(slides.resolve(name))) {
                    SlideResult result = alone(slide, model);
                    SlideReport.into(same).write(result, List.of("idc", "non_idc"));
                    List<Row> rows = rows(name);
                    assertThat(rows).hasSize(result.findings().count()).hasSizeGreaterThan(900);
                    for (int i = 0; i < rows.size(); i++) {
                        Row row = rows.get(i);
                        int column = result.findings().column(i);
                        assertThat(row.<Integer>getAs("column")).isEqualTo(column);
                        assertThat(row.<Integer>getAs("row")).isEqualTo(result.findings().row(i));
                        assertThat(row.<Long>getAs("x")).isEqualTo(20L * column);
                        assertThat(row.<Long>getAs("width")).isEqualTo(20);
                        assertThat(row.<Double>getAs("micrometres")).isEqualTo(20);
                        assertThat(row.<Object>getAs("error")).isNull();
                    }
                }
                assertSameFiles(same, out.resolve(line(name).folder()));
            }
        }
    }

    private static void assertSameFiles(Path one, Path other) throws IOException {
        List<Path> names = names(one);
        assertThat(names).hasSize(6).isEqualTo(names(other));
        for (Path name : names) {
            assertThat(other.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
        }
    }

    private static List<Path> names(Path of) throws IOException {
        try (Stream<Path> all = Files.list(of)) {
            return all.map(Path::getFileName).sorted().toList();
        }
    }

    private static SlidesSummary.Line line(String name) {
        return summary.slides().stream()
                .filter(each -> each.file().equals(slides.resolve(name).toString()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSlideThatCannotBeReadIsARowWithItsReason() {
        Map<String, String> reasons =
                Map.of(
                        "coarse.tif",
                        "slide .*coarse.tif: 5.0\\d* micrometres a pixel \\(expected: at most 1.1.*",
                        "scaleless.tif",
                        "slide .*scaleless.tif: no scale in the file \\(expected: .*",
                        "text.svs",
                        "slide .*text.svs: bytes that start with 6e 6f .*");
        reasons.forEach(
                (name, reason) -> {
                    assertThat(rows(name)).hasSize(1);
                    Row row = rows(name).get(0);
                    assertThat(row.<String>getAs("error")).matches(reason);
                    assertThat(row.<Object>getAs("x")).isNull();
                    assertThat(line(name).error()).matches(reason);
                    assertThat(line(name).folder()).isNull();
                });
        assertThat(summary.mapped()).isEqualTo(2);
        assertThat(summary.slides()).hasSize(6);
    }

    @Test
    void aSlideWithADamagedTileHasTheOtherFieldsAndNoMap() {
        List<Row> rows = rows("damaged.tif");
        long unread = rows.stream().filter(row -> row.getAs("error") != null).count();

        assertThat(rows).hasSizeGreaterThan(900);
        assertThat(unread).isBetween(1L, 300L);
        assertThat(rows.stream().map(row -> List.of(row.getAs("column"), row.getAs("row"))))
                .doesNotHaveDuplicates();
        assertThat(line("damaged.tif").error())
                .startsWith("%d of %d fields have no finding".formatted(unread, rows.size()))
                .contains("damaged.tif: tile ");
        assertThat(summary.fields().unread()).isEqualTo(unread + 3);
    }

    private static Path copied(Path to) throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(out.relativize(each).toString()));
            }
        }
        return to;
    }

    @Test
    void goesOnWithThePartsAndMapsThatAreLost() throws Exception {
        Path again = copied(folder.resolve("again"));
        Path lost = again.resolve("findings/part-000001.parquet");
        byte[] before = Files.readAllBytes(lost);
        Files.delete(lost);
        Files.delete(again.resolve("findings/part-000005.parquet"));
        Path map = again.resolve(line("a.tif").folder());
        Files.delete(map.resolve("summary.json"));
        Files.delete(map.resolve("tiles.csv"));

        SlideJob.Result result = score(again, READING);

        assertThat(result.before()).isEqualTo(13);
        assertThat(lost).hasBinaryContent(before);
        assertThat(result.summary()).isEqualTo(summary);
        assertSameFiles(out.resolve(line("a.tif").folder()), map);
        assertThat(again.resolve("_working")).doesNotExist();
    }

    @Test
    void refusesAnotherReadingAndFilesThatAreElsewhere() {
        SlideReading other = new SlideReading(null, 1, 20, "options", null, 0.5, List.of());
        assertThatThrownBy(() -> score(out, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("slides: ")
                .hasMessageContaining("tissue from 0.5")
                .hasMessageContaining("(expected: the same, or a new --out)");
        assertThatThrownBy(
                        () ->
                                new SlideJob(
                                                options(folder.resolve("new"), "s3a://bucket/a"),
                                                READING,
                                                (done, all) -> {})
                                        .run())
                .hasMessageContaining("--in: s3a://bucket/a: slides are read by parts");
        assertThatThrownBy(
                        () ->
                                score(
                                        folder.resolve("new"),
                                        new SlideReading(
                                                null, 1, 20, "", null, 0.25, List.of("x"))))
                .hasMessage("--class: x (expected one of: [idc, non_idc])");
    }
}
