package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code medzoo slide} with the published breast model, on a slide that is drawn. */
@Tag("slow")
class SlideTest {
    @TempDir static Path folder = Path.of("");

    /** 1000 x 800 pixels in tiles of 256, as Java's own writer makes them: without a scale. */
    @BeforeAll
    static void draw() throws IOException {
        BufferedImage image = new BufferedImage(1000, 800, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(240, 239, 241));
        pen.fillRect(0, 0, 1000, 800);
        write(image, "glass.tif");
        pen.setColor(new Color(214, 142, 190));
        pen.fillRect(200, 200, 600, 400);
        pen.dispose();
        write(image, "slide.tif");
        Files.writeString(folder.resolve("text.svs"), "no slide");
        Files.createDirectory(folder.resolve("full"));
        Files.writeString(folder.resolve("full").resolve("file"), "here");
    }

    private static void write(BufferedImage image, String name) throws IOException {
        ImageWriter writer = tiling();
        try (ImageOutputStream out =
                ImageIO.createImageOutputStream(folder.resolve(name).toFile())) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
            param.setTiling(256, 256, 0, 0);
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType("Deflate");
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
    }

    private static ImageWriter tiling() {
        Iterator<ImageWriter> all = ImageIO.getImageWritersByFormatName("tiff");
        ImageWriter writer = all.next();
        while (!writer.getDefaultWriteParam().canWriteTiles()) {
            writer = all.next();
        }
        return writer;
    }

    private static CommandRun slide(String line) {
        return CommandRun.ofLine(("slide " + line).replace("DIR", folder.toString()));
    }

    @Test
    void mapsASlide() throws IOException {
        CommandRun run =
                slide("breast-idc DIR/slide.tif --out DIR/map --mpp 1 --runtime onnx --threads 2");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("tissue: 6 of 20 fields, 0.24 mm²")
                .contains("share of tissue", "idc", "non_idc", "(unlike its training pictures)")
                .contains("heatmap-idc.png", "breast-idc 2.1.0, sha256:")
                .endsWith("Research use only. Not a diagnosis.\n");
        JsonNode summary = new ObjectMapper().readTree(folder.resolve("map/summary.json").toFile());
        assertThat(summary.at("/slide/scaleFrom").asText()).isEqualTo("--mpp");
        assertThat(summary.at("/trainedScale/side").asInt()).isEqualTo(50);
        assertThat(summary.at("/fields/tissue").asInt()).isEqualTo(6);
    }

    @Test
    void aSlideOfGlassSaysWhatToTry() {
        CommandRun run = slide("breast-idc DIR/glass.tif --out DIR/glass --mpp 1 --runtime onnx");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("tissue: 0 of 20 fields");
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("medzoo: no field has tissue on 0.25 of its area (expected: stained");
    }

    @Test
    void anotherModelIsToldItsScale() {
        CommandRun run =
                slide(
                        "dfu-double-transfer DIR/slide.tif --out DIR/other --mpp 1 --mpp-model 1"
                                + " --patch-model 224 --class abnormal --runtime onnx");

        assertThat(run.err()).isEmpty();
        assertThat(folder.resolve("other/heatmap-abnormal.png")).exists();
        assertThat(folder.resolve("other/heatmap-normal.png")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    breast-idc DIR/none.svs --out DIR/new                    | none.svs: no such file or folder (expected
                    breast-idc DIR --out DIR/new                             | a folder without a level of a DICOM slide (expected: the file of a slide
                    breast-idc DIR/text.svs --out DIR/new                    | bytes that start with 6e 6f 20 73; (expected: a tiled TIFF
                    breast-idc DIR/slide.tif --out DIR/new                   | no scale in the file (expected: micrometres a pixel, or --mpp)
                    breast-idc DIR/slide.tif --out DIR/new --mpp 5           | 5.0 micrometres a pixel (expected: at most 4.4
                    breast-idc DIR/slide.tif --out DIR/new --mpp -1          | --mpp: -1.0 (expected: above 0
                    breast-idc DIR/slide.tif --out DIR/new --mpp 0.1         | 0 fields of 2000.0 pixels (expected: 1..
                    breast-idc DIR/slide.tif --out DIR/new --mpp 1 --level 1 | level: 1 of; (expected: 0..0)
                    breast-idc DIR/slide.tif --out DIR/full --mpp 1          | full: not empty (expected: a new or empty folder)
                    breast-idc DIR/slide.tif --out DIR/text.svs --mpp 1      | text.svs: a file (expected: a new or empty folder)
                    breast-idc DIR/slide.tif --out DIR/new --mpp 1 --class x | --class: x (expected one of: [idc, non_idc])
                    breast-idc DIR/slide.tif --out DIR/new --least-tissue 0  | --least-tissue: 0.0 (expected: above 0, at most 1)
                    breast-idc DIR/slide.tif --out DIR/new --threads 0       | --threads: 0 (expected: at least 1)
                    breast-idc DIR/slide.tif --out DIR/new --mpp 1 --mpp-model 0 | scale: micrometresPerPixel: 0.0 (expected: above 0
                    dfu-double-transfer DIR/slide.tif --out DIR/new --mpp 1  | scale: not in the card of dfu-double-transfer; (expected: --mpp-model and --patch-model)
                    """)
    void saysWhatIsWrong(String line, String said) {
        CommandRun run = slide(line);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.errLines().get(0)).startsWith("medzoo: ").contains(said.split("; "));
        assertThat(folder.resolve("new")).doesNotExist();
    }
}
