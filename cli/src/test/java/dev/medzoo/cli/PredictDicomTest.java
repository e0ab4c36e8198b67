package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.dicom.SourceElement;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.report.StructuredReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code medzoo predict} with DICOM files, and with the model of this project. */
@Tag("slow")
class PredictDicomTest {
    private static final Path STORE = Path.of("../model-store").toAbsolutePath();
    private static final Path FILES =
            Path.of("../translators/src/test/resources/golden/dicom").toAbsolutePath();

    @Test
    void looksAtTheFrameThatIsAskedFor() throws IOException {
        JsonNode first = probabilities("frames-rgb.dcm");
        assertThat(probabilities("frames-rgb.dcm", "--frame", "1")).isEqualTo(first);
        assertThat(probabilities("frames-rgb.dcm", "--frame", "2")).isNotEqualTo(first);

        assertFailed(
                predict("frames-rgb.dcm", "--frame", "3"),
                "picture: DICOM frame: 3 (expected: 1..2)");
        assertFailed(
                predict("../decode/rgb8.png", "--frame", "1"),
                "picture: PNG frame: 1 (expected: none, as frames can be selected in DICOM only)");
        assertFailed(
                predict("frames-rgb.dcm", "--frame", "0"),
                "--frame: 0 (expected: a whole number from 1)");
    }

    @Test
    void readsBurnedInAnnotationWhereItIsAllowed() throws IOException {
        String file = "refused-burned-in.dcm";
        assertFailed(
                predict(file), "DICOM with burned-in annotation (expected: none, unless allowed)");
        assertThat(probabilities(file, "--burned-in-annotation"))
                .isEqualTo(probabilities("grey8.dcm"));
    }

    @Test
    void writesAReportOnEachDicomFile(@TempDir Path folder) throws Exception {
        Path reports = folder.resolve("new/reports");
        CommandRun run = predict("frames-rgb.dcm", "--frame", "2", "--dicom-out", "" + reports);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path report = Path.of(run.json().at("/0/report").asText());
        assertThat(reports).isDirectoryContaining(report::equals);
        SourceInstance written = new PictureDecoder().source(Files.readAllBytes(report));
        SourceInstance source =
                new PictureDecoder().source(Files.readAllBytes(FILES.resolve("frames-rgb.dcm")));
        assertThat(report).hasFileName(written.sopInstance() + ".dcm");
        assertThat(written.sopClass()).isEqualTo(StructuredReports.SOP_CLASS);
        assertThat(written.study()).isEqualTo(source.study());
        assertThat(written.value(SourceElement.PATIENT_NAME))
                .isEqualTo(source.value(SourceElement.PATIENT_NAME))
                .isNotEmpty();

        CommandRun table =
                CommandRun.ofLine(
                        "predict pretrained-skin %s --store %s --dicom-out %s"
                                .formatted(FILES.resolve("rgb.dcm"), STORE, reports));
        assertThat(table.outLines().get(0)).endsWith("report");
        assertThat(reports.toFile().list()).hasSize(2);
        assertThat(table.out()).doesNotContain("SECRET");
    }

    @Test
    void hasNoReportOnAnotherPicture(@TempDir Path folder) {
        assertFailed(
                predict("../decode/rgb8.png", "--dicom-out", "" + folder),
                "rgb8.png: picture: PNG (expected: DICOM)");
        assertThat(folder.toFile().list()).isEmpty();
    }

    private static void assertFailed(CommandRun run, String line) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().endsWith(line);
    }

    private static JsonNode probabilities(String file, String... options) throws IOException {
        CommandRun run = predict(file, options);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json().at("/0/probabilities");
    }

    private static CommandRun predict(String file, String... options) {
        String line = "predict pretrained-skin %s --json --store %s %s";
        return CommandRun.ofLine(
                line.formatted(FILES.resolve(file), STORE, String.join(" ", options)));
    }
}
