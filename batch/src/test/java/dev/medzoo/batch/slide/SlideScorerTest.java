package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.TrainedScale;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published breast model on a slide that is drawn: a finding is the same as in a picture. */
@Tag("slow")
class SlideScorerTest {
    private static final ModelReference MODEL = ModelReference.parse("breast-idc");

    @TempDir static Path folder = Path.of("");
    private static ZooModel<NetworkInput, Finding> model = none();
    private static SlideResult result = none();
    private static Slide slide = none();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T none() {
        return null;
    }

    @BeforeAll
    static void score() throws Exception {
        RgbPicture disc = DrawnSlide.disc(1230, 1030, new Random(8));
        slide =
                Slide.open(
                        new SlideWriter(Coding.JPEG_422, DrawnSlide.pyramid(disc, 2, 3))
                                .resolution(1)
                                .to(folder.resolve("slide.tif")));
        model =
                new MedZoo()
                        .load(
                                MODEL,
                                NetworkInput.class,
                                Finding.class,
                                RuntimeChoice.parse("onnx"),
                                null);
        result = scored(2);
    }

    private static SlideResult scored(int threads) throws Exception {
        ModelCard card = ModelCard.parse(new MedZoo().card(MODEL), "breast-idc");
        TrainedScale scale = Objects.requireNonNull(KnownScales.of(card));
        TileGrid grid = TileGrid.of(slide, 1, scale);
        TissueMap tissue = TissueMap.of(slide, grid);
        AtomicInteger done = new AtomicInteger();
        TileFindings findings =
                new SlideScorer(model, threads)
                        .score(slide, grid, tissue, 0.25, (count, all) -> done.set(count));
        assertThat(done).hasValue(findings.count());
        return new SlideResult(
                slide,
                Preparation.of(model, new PictureDecoder()).model(),
                1,
                "the slide",
                grid,
                "the model",
                tissue,
                0.25,
                findings);
    }

    @AfterAll
    static void close() throws IOException {
        model.close();
        slide.close();
    }

    @Test
    void glassIsSkipped() {
        assertThat(result.grid().columns() * result.grid().rows()).isEqualTo(30);
        assertThat(result.findings().count()).isBetween(12, 24);
        for (int i = 0; i < result.findings().count(); i++) {
            assertThat(result.findings().tissue(i)).isGreaterThanOrEqualTo(0.25);
        }
    }

    @Test
    void aFieldHasTheFindingOfItsPicture() throws Exception {
        Preparation preparation = Preparation.of(model, new PictureDecoder());
        RegionReader reader = new RegionReader(slide, result.grid().number());
        TileFindings findings = result.findings();
        try (Predictor<NetworkInput, Finding> predictor = model.newPredictor()) {
            for (int i = 0; i < findings.count(); i += 5) {
                RgbPicture field =
                        reader.read(
                                result.grid().x(findings.column(i)),
                                result.grid().y(findings.row(i)),
                                50,
                                50);
                ByteArrayOutputStream png = new ByteArrayOutputStream();
                ImageIO.write(field.toBufferedImage(), "png", png);
                Finding same = predictor.predict(preparation.picture(png.toByteArray()));
                assertThat(findings.labels().get(findings.best(i))).isEqualTo(same.label());
                assertThat(findings.probability(i, findings.best(i)))
                        .isEqualTo(same.probability(), offset(1e-5));
                assertThat(findings.abstained(i)).isEqualTo(same.abstained());
                assertThat(findings.isUnlikeTraining(i)).isEqualTo(same.isUnlikeTraining());
            }
        }
    }

    @Test
    void oneThreadFindsTheSame() throws Exception {
        TileFindings alone = scored(1).findings();
        for (int i = 0; i < alone.count(); i++) {
            assertThat(alone.column(i)).isEqualTo(result.findings().column(i));
            assertThat(alone.probability(i, 0))
                    .isEqualTo(result.findings().probability(i, 0), offset(1e-5));
        }
    }

    @Test
    void sharesAddUpToAllTissue() {
        SlideShares shares = result.shares();
        int answered = shares.answered().stream().mapToInt(Integer::intValue).sum();
        assertThat(answered + shares.abstained() + shares.unlike())
                .isEqualTo(result.findings().count());
    }

    @Test
    void writesItsFilesWithTheNotice() throws Exception {
        Path out = folder.resolve("out");
        List<Path> files = SlideReport.into(out).write(result, List.of("idc", "non_idc"));

        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "summary.json",
                        "tiles.csv",
                        "regions.geojson",
                        "heatmap-idc.png",
                        "heatmap-non_idc.png",
                        "heatmaps.txt");
        for (Path file : files) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(text).as(file.toString()).contains(Finding.NOTICE);
        }
        JsonNode summary = json(out.resolve("summary.json"));
        assertThat(summary.at("/model/name").asText()).isEqualTo("breast-idc");
        assertThat(summary.at("/level/number").asInt()).isEqualTo(2);
        assertThat(summary.at("/fields/tissue").asInt()).isEqualTo(result.findings().count());
        double shares =
                summary.at("/classes/idc/share").asDouble()
                        + summary.at("/classes/non_idc/share").asDouble()
                        + summary.at("/abstained/share").asDouble()
                        + summary.at("/unlikeTraining/share").asDouble();
        assertThat(shares).isEqualTo(1, offset(1e-9));
        assertThat(Files.readAllLines(out.resolve("tiles.csv")))
                .hasSize(1 + result.findings().count())
                .first()
                .asString()
                .endsWith("unlike_training,p_idc,p_non_idc,notice");
        assertThat(ImageIO.read(out.resolve("heatmap-idc.png").toFile()).getWidth())
                .isEqualTo(6 * TissueMap.CELLS * 4);
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> SlideReport.into(out))
                .withMessageContaining("not empty (expected: a new or empty folder)");
    }

    @Test
    void aLabelThatIsGivenTwiceIsDrawnOnce() throws Exception {
        Path out = folder.resolve("twice");

        assertThat(SlideReport.into(out).write(result, List.of("idc", "idc")))
                .extracting(file -> file.getFileName().toString())
                .containsOnlyOnce("heatmap-idc.png")
                .endsWith("heatmaps.txt");
    }

    @Test
    void labelsThatDifferInOtherCharactersHaveFilesOfTheirOwn() {
        assertThat(SlideReport.names(List.of("a/b", "A b", "idc", "a_b-2")))
                .containsExactly(
                        "heatmap-a_b.png",
                        "heatmap-a_b-2.png",
                        "heatmap-idc.png",
                        "heatmap-a_b-2-2.png");
    }

    /** A label that the model lacks stands for a disk that is full in the middle. */
    @Test
    void whatFailsLeavesAnEmptyFolder() throws Exception {
        Path out = folder.resolve("failed");
        SlideReport report = SlideReport.into(out);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> report.write(result, List.of("idc", "other")));
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void whatFailsLeavesTheFilesOfAnother() throws Exception {
        Path out = folder.resolve("raced");
        SlideReport report = SlideReport.into(out);
        Files.writeString(out.resolve("regions.geojson"), "of another run");

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> report.write(result, List.of("idc")));
        assertThat(out.resolve("regions.geojson")).hasContent("of another run");
        assertThat(out.resolve("summary.json")).doesNotExist();
    }

    @Test
    void regionsHaveTheAnsweredFieldsAndLieOnTheSlide() throws Exception {
        Path file = RegionsGeoJson.write(result, folder.resolve("regions.geojson"));
        JsonNode json = json(file);
        assertThat(json.get("type").asText()).isEqualTo("FeatureCollection");
        int fields = 0;
        for (JsonNode each : json.get("features")) {
            fields += each.at("/properties/measurements/fields").asInt();
            assertThat(each.at("/properties/objectType").asText()).isEqualTo("annotation");
            assertThat(each.at("/properties/classification/name").asText()).isIn("idc", "non_idc");
            assertThat(each.at("/properties/notice").asText()).isEqualTo(Finding.NOTICE);
            for (JsonNode corner : each.at("/geometry/coordinates/0")) {
                assertThat(corner.get(0).asInt()).isBetween(0, 1230);
                assertThat(corner.get(1).asInt()).isBetween(0, 1030);
            }
        }
        int answered = result.shares().answered().stream().mapToInt(Integer::intValue).sum();
        assertThat(fields).isEqualTo(answered);
    }

    @Test
    void aBrokenTileEndsIt() throws Exception {
        RgbPicture disc = DrawnSlide.disc(1230, 1030, new Random(8));
        Path file =
                new SlideWriter(Coding.JPEG_422, DrawnSlide.pyramid(disc, 2, 3))
                        .saying(2, 324, 10, 20, 30, 40, 50, 60, 70, 80, 90)
                        .saying(2, 325, 9, 9, 9, 9, 9, 9, 9, 9, 9)
                        .to(folder.resolve("broken.tif"));
        try (Slide broken = Slide.open(file)) {
            TileGrid grid = TileGrid.of(broken, 1, result.grid().scale());
            assertThatExceptionOfType(SlideException.class)
                    .isThrownBy(
                            () ->
                                    new SlideScorer(model, 2)
                                            .score(
                                                    broken,
                                                    grid,
                                                    result.tissue(),
                                                    0.25,
                                                    (done, all) -> {}))
                    .withMessageMatching(
                            "slide .*broken.tif: tile .* of level 2: picture: .*JPEG.*");
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
