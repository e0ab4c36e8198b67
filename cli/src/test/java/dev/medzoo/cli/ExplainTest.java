package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code medzoo explain} with the model of this project. */
@Tag("slow")
class ExplainTest {
    private static final Path STORE = Path.of("../model-store").toAbsolutePath();
    private static final Path PICTURE = STORE.resolve("pretrained-skin/2.2.0/golden/drawn-1.png");

    @TempDir static Path folder = Path.of("");

    private static CommandRun explain(Path file, String options) {
        return CommandRun.ofLine(
                "explain pretrained-skin %s --store %s %s".formatted(file, STORE, options));
    }

    @Test
    void drawsTheMapAndSaysWhatItIs() throws Exception {
        Path out = folder.resolve("map.png");
        CommandRun run = explain(PICTURE, "--class mel --out " + out);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.outLines().get(0))
                .startsWith("mel by layercam, ")
                .contains("nv 69.2 % (unlike its training pictures)");
        assertThat(run.out()).contains("pretrained-skin 2.2.0, sha256:", "Research use only.");
        PictureDecoder decoder = new PictureDecoder();
        RgbPicture drawn = decoder.decode(Files.readAllBytes(out));
        RgbPicture plain = decoder.decode(Files.readAllBytes(PICTURE));
        assertThat(drawn.width()).isEqualTo(plain.width());
        assertThat(drawn.rgb()).isNotEqualTo(plain.rgb());
    }

    @Test
    void printsTheMapAsJson() throws Exception {
        CommandRun run = explain(PICTURE, "--json --method gradcam");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().at("/method").asText()).isEqualTo("gradcam");
        assertThat(run.json().at("/class").asText()).isEqualTo("nv");
        assertThat(run.json().at("/map")).hasSize(16);
        assertThat(run.json().at("/finding/label").asText()).isEqualTo("nv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | --out: none (expected: FILE.png, or --json)",
                "--json --class melanoma | class: melanoma (expected: one of [akiec, bcc, bkl, df, mel, nv, vasc])",
                "--json --method lime | method: lime (expected: layercam, gradcam or rise)",
                "--json --runtime cuda | runtime: cuda (expected: auto, pytorch, onnx, onnx-int8)",
                "--json --frame 0 | --frame: 0 (expected: a whole number from 1)",
                "--json --frame 2 | picture: PNG frame: 2 (expected: none, as frames can be"
                        + " selected in DICOM only)",
                "--out no/such/folder.png | no/such/folder.png: no such file or folder (expected:"
                        + " an existing one)"
            })
    void refusesInOneLine(String options, String line) {
        CommandRun run = explain(PICTURE, options);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().isEqualTo("medzoo: " + line);
    }

    @Test
    void refusesWhatIsNoPictureOrNotThere() throws Exception {
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");

        assertThat(explain(text, "--json").errLines())
                .singleElement()
                .asString()
                .startsWith("medzoo: picture: ");
        assertThat(explain(folder, "--json").errLines())
                .singleElement()
                .asString()
                .endsWith("a folder (expected: a picture)");
        assertThat(explain(folder.resolve("none.png"), "--json").exitCode()).isEqualTo(1);
    }
}
