package dev.medzoo.zoo.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.TinyArtifact;
import dev.medzoo.zoo.artifact.TestPredictions.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPredictionsTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String CSV =
            "picture_sha256,group,label,benign,malignant\n"
                    + (A + ",1,malignant,0.250000,0.750000\n")
                    + (B + ",2,benign,0.333333,0.666667\n");

    @Test
    void areWrittenInTheOrderOfThePicturesAndWithoutTheNamesOfTheGroups() {
        TestPredictions predictions =
                new TestPredictions(
                        TinyArtifact.LABELS,
                        List.of(
                                new Picture(B, "patient 4711", 0, List.of(1 / 3.0, 2 / 3.0)),
                                new Picture(A, "patient 12", 1, List.of(0.25, 0.75))));

        assertThat(new String(predictions.toBytes(), UTF_8)).isEqualTo(CSV);
        assertThat(predictions.pictures()).extracting(Picture::named).containsExactly(1, 1);
    }

    @Test
    void haveTheSixDigitsThatJavaGives() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            int millionths = random.nextInt(1_000_001);
            double p =
                    switch (i % 4) {
                        case 0 -> millionths / 1e6;
                        case 1 -> random.nextDouble();
                        case 2 -> Math.min(1, Math.nextAfter((millionths + 0.5) / 1e6, i % 8 - 2));
                        default -> Math.pow(10, -12 * random.nextDouble());
                    };
            TestPredictions one =
                    new TestPredictions(
                            TinyArtifact.LABELS,
                            List.of(new Picture(A, "1", 0, List.of(p, 1 - p))));

            assertThat(new String(one.toBytes(), UTF_8))
                    .endsWith(String.format(Locale.ROOT, ",benign,%.6f,%.6f\n", p, 1 - p));
        }
    }

    @Test
    void areReadAsTheyWereWritten() throws Exception {
        TestPredictions read = TestPredictions.parse(CSV.getBytes(UTF_8), "tiny");

        assertThat(read.toBytes()).isEqualTo(CSV.getBytes(UTF_8));
        assertThat(read.pictures()).extracting(Picture::group).containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "picture_sha256, | sha256, | header: 5 columns (expected: [picture_sha256, group",
                "aaa,1 | aaa,7 | not in canonical form (expected: as medzoo writes it)",
                "0.250000 | 0.25 | not in canonical form (expected: as medzoo writes it)",
                "0.250000 | NaN | probabilities: [NaN, 0.75] (expected: 2 in [0, 1], together 1)",
                "0.250000 | 0.500000 | probabilities: [0.5, 0.75] (expected: 2 in",
                "0.250000 | x | For input string: \"x\"",
                ",0.750000 | '' | line: 4 cells (expected: 5)",
                "1,malignant | 1,odd | label: -1 (expected: 0..1)",
                "aaa,1 | AAA,1 | sha256: ",
                "bbbbbbbb | aaaaaaaa | picture: aaaa",
            })
    void refuseWhatIsNotTheirs(String good, String bad, String reason) {
        assertThat(CSV).contains(good);
        assertThatThrownBy(
                        () -> TestPredictions.parse(CSV.replace(good, bad).getBytes(UTF_8), "tiny"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("predictions.csv: " + reason)
                .hasMessageEndingWith(" in tiny");
    }

    @Test
    void refuseLabelsThatACellCannotHold() {
        assertThatThrownBy(() -> new TestPredictions(List.of("a,b", "c"), List.of()))
                .hasMessage("label: a,b (expected: no comma, quote or line break)");
    }

    @Test
    void areAFileThatACandidateMayHave(@TempDir Path folder) throws Exception {
        TinyArtifact.candidate(folder, "tiny", "0.1.0");
        assertThat(ArtifactContent.ofCandidate(folder).predictions()).isEmpty();

        Files.writeString(folder.resolve("predictions.csv"), CSV);
        assertThat(ArtifactContent.ofCandidate(folder).predictions().orElseThrow().toBytes())
                .isEqualTo(CSV.getBytes(UTF_8));

        Files.writeString(folder.resolve("predictions.csv"), CSV.replace("malignant", "other"));
        assertThatThrownBy(() -> ArtifactContent.ofCandidate(folder))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(
                        "predictions.csv: labels [benign, other] (expected: [benign, malignant])");
    }
}
