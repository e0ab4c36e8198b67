package dev.medzoo.registry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.registry.gate.Regression.Compared;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.TestPredictions;
import dev.medzoo.zoo.artifact.TestPredictions.Picture;
import dev.medzoo.zoo.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegressionTest {
    /** Pictures in pairs of one group, labels in turn, named right where the rule says so. */
    private static TestPredictions predictions(int pictures, IntPredicate right) {
        List<Picture> all =
                IntStream.range(0, pictures)
                        .mapToObj(
                                i -> {
                                    int label = i % 2;
                                    int named = right.test(i) ? label : 1 - label;
                                    double benign = named == 0 ? 0.75 : 0.25;
                                    byte[] bytes =
                                            Integer.toString(i).getBytes(StandardCharsets.UTF_8);
                                    return new Picture(
                                            Sha256.hex(bytes),
                                            "patient " + i / 2,
                                            label,
                                            List.of(benign, 1 - benign));
                                })
                        .toList();
        return new TestPredictions(List.of("benign", "malignant"), all);
    }

    @Test
    void aVersionThatLosesManyPicturesIsWorse() {
        Regression regression =
                Regression.between(
                        predictions(80, i -> i % 10 != 0), predictions(80, i -> i % 3 != 0));

        assertThat(regression.isSignificant()).isTrue();
        assertThat(regression.message())
                .matches(
                        "macro-F1 -0\\.2\\d\\d \\[-0\\.\\d{3}, -0\\.\\d{3}\\], balanced accuracy"
                                + " -0\\.2\\d\\d \\[-0\\.\\d{3}, -0\\.\\d{3}\\] over 40 groups: a"
                                + " significant regression");
    }

    @Test
    void oneThatLosesAndWinsIsNot() {
        Regression regression =
                Regression.between(
                        predictions(80, i -> i % 10 != 0), predictions(80, i -> i % 10 != 3));

        assertThat(regression.isSignificant()).isFalse();
        assertThat(regression.message()).endsWith("over 40 groups: no regression");
    }

    @Test
    void theSamePredictionsDifferByNothing() {
        TestPredictions same = predictions(20, i -> i % 3 != 0);

        Compared compared = (Compared) Regression.between(same, same);
        assertThat(compared.difference().macroF1().low()).isZero();
        assertThat(compared.difference().macroF1().high()).isZero();
        assertThat(compared.isSignificant()).isFalse();
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        TestPredictions now = predictions(40, i -> i % 10 != 0);
        TestPredictions next = predictions(40, i -> i % 4 != 0);

        assertThat(Regression.between(now, next)).isEqualTo(Regression.between(now, next));
    }

    @Test
    void fiveGroupsCannotTell() {
        Regression regression =
                Regression.between(predictions(10, i -> true), predictions(10, i -> false));

        assertThat(regression.isSignificant()).isFalse();
        assertThat(regression.message())
                .endsWith("over 5 groups: undecided: 5 groups (expected: at least 6)");
    }

    @Test
    void otherPicturesAreNotCompared() {
        Regression regression =
                Regression.between(predictions(20, i -> true), predictions(18, i -> true));

        assertThat(regression.isSignificant()).isFalse();
        assertThat(regression.message())
                .startsWith("not comparable: 20 and 18 pictures, ")
                .endsWith(" are in both with the same label and group");
    }

    @Test
    void aVersionWithoutPredictionsIsNamed(@TempDir Path folder) throws Exception {
        Path candidate = DrawnCandidate.write(folder.resolve("c"), "0.1.0", DrawnData.in(folder));
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);

        assertThat(Regression.between(content, content).message())
                .isEqualTo("not comparable: drawn 0.1.0 has no predictions.csv");
    }
}
