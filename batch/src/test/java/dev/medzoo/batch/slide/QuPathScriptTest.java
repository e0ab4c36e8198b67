package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.TrainedScale;
import dev.medzoo.zoo.store.Store;
import groovy.lang.GroovyShell;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qupath.lib.objects.PathObjects.Tile;
import qupath.lib.regions.RegionRequest;
import qupath.lib.scripting.QP;
import qupath.lib.scripting.QP.Calibration;

/**
 * The script for QuPath runs as Groovy, and finds what {@code medzoo slide} finds. QuPath's own
 * jars are in no registry that this build reads, so classes of the same names and signatures stand
 * in for them.
 */
@Tag("slow")
class QuPathScriptTest {
    private static final Path SCRIPT = Path.of("../examples/qupath/find.groovy");
    private static final Path STORE = Path.of("../model-store");
    private static final double MICROMETRES = 1;

    private Slide slide;

    @BeforeEach
    void draw(@TempDir Path folder) throws Exception {
        RgbPicture disc = DrawnSlide.disc(1230, 1030, new Random(8));
        slide =
                Slide.open(
                        new SlideWriter(Coding.LZW, DrawnSlide.pyramid(disc, 2, 3))
                                .resolution(MICROMETRES)
                                .to(folder.resolve("slide.tif")));
        System.setProperty(Store.PROPERTY, STORE.toString());
    }

    @AfterEach
    void close() throws IOException {
        System.clearProperty(Store.PROPERTY);
        slide.close();
    }

    @Test
    void findsWhatTheCommandFinds() throws Exception {
        ModelReference reference = ModelReference.parse("breast-idc");
        ModelCard card = ModelCard.parse(new MedZoo().card(reference), "breast-idc");
        TrainedScale scale = Objects.requireNonNull(KnownScales.of(card));
        TileGrid grid = TileGrid.of(slide, MICROMETRES, scale);
        QP.open(new Server(slide, grid, MICROMETRES), null);

        new GroovyShell().evaluate(SCRIPT.toFile());

        List<Tile> tiles = QP.added();
        assertThat(tiles).hasSize(grid.columns() * grid.rows());
        try (ZooModel<NetworkInput, Finding> model =
                new MedZoo().load(reference, NetworkInput.class, Finding.class)) {
            TileFindings findings =
                    new SlideScorer(model, 1)
                            .score(
                                    slide,
                                    grid,
                                    TissueMap.of(slide, grid),
                                    0.25,
                                    (count, all) -> {});
            assertThat(findings.count()).isGreaterThan(5);
            for (int i = 0; i < findings.count(); i++) {
                Tile tile = tiles.get(findings.row(i) * grid.columns() + findings.column(i));
                assertThat(tile.getROI().getX())
                        .isEqualTo((double) grid.finest(findings.column(i)));
                assertThat(tile.getROI().getY()).isEqualTo((double) grid.finest(findings.row(i)));
                for (int label = 0; label < findings.labels().size(); label++) {
                    assertThat(
                                    tile.getMeasurementList()
                                            .get("probability of " + findings.labels().get(label)))
                            .isCloseTo(findings.probability(i, label), offset(1e-6));
                }
                assertThat(tile.getPathClass() != null).isEqualTo(findings.isAnswered(i));
            }
        }
    }

    @Test
    void looksOnlyAtWhatIsSelectedAndRefusesAnImageWithoutScale() throws Exception {
        TrainedScale scale = new TrainedScale(4, 50);
        TileGrid grid = TileGrid.of(slide, MICROMETRES, scale);
        QP.open(new Server(slide, grid, MICROMETRES), new Rectangle2D.Double(350, 250, 300, 100));

        new GroovyShell().evaluate(SCRIPT.toFile());

        assertThat(QP.added())
                .extracting(tile -> tile.getROI().getX() + " " + tile.getROI().getY())
                .containsExactly("400.0 200.0");
        QP.open(new Server(slide, grid, Double.NaN), null);
        assertThatThrownBy(() -> new GroovyShell().evaluate(SCRIPT.toFile()))
                .hasMessageStartingWith("scale: none (expected: micrometres a pixel;");
    }

    /** The slide as QuPath gives it: a region of the finest level, in the pixels of another. */
    private record Server(Slide slide, TileGrid grid, double micrometres) implements QP.Server {
        @Override
        public Calibration getPixelCalibration() {
            return new Calibration(micrometres);
        }

        @Override
        public int getWidth() {
            return Math.toIntExact(slide.levels().get(0).width());
        }

        @Override
        public int getHeight() {
            return Math.toIntExact(slide.levels().get(0).height());
        }

        @Override
        public String getPath() {
            return "the slide";
        }

        @Override
        public BufferedImage readRegion(RegionRequest request) throws IOException {
            double downsample = request.downsample();
            int side = (int) Math.round(request.width() / downsample);
            RgbPicture field =
                    new RegionReader(slide, grid.number())
                            .read(
                                    Math.round(request.x() / downsample),
                                    Math.round(request.y() / downsample),
                                    side,
                                    side);
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            byte[] rgb = field.rgb();
            for (int i = 0; i < side * side; i++) {
                int pixel =
                        (rgb[3 * i] & 0xff) << 16
                                | (rgb[3 * i + 1] & 0xff) << 8
                                | (rgb[3 * i + 2] & 0xff);
                image.setRGB(i % side, i / side, pixel);
            }
            return image;
        }
    }
}
