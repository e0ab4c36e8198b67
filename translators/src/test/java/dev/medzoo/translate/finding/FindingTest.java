package dev.medzoo.translate.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.Classifications;
import dev.medzoo.translate.transform.Transform;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {
    private static final ModelIdentity MODEL =
            new ModelIdentity("pretrained-skin", "0.1.0", "ab12");
    private static final Reading READING =
            new Reading(Transform.square(8), List.of("nv", "mel", "bkl"), 1, 0.5);
    private static final Reading WITH_SETS =
            new Reading(
                    Transform.square(8),
                    List.of("nv", "mel", "bkl"),
                    1,
                    0,
                    new Conformal(0.9, 0.2),
                    null);
    private static final float LN2 = (float) Math.log(2);

    @Test
    void putsTheMostProbableClassFirst() {
        Finding finding = Finding.of(MODEL, READING, new float[] {0, 2 * LN2, LN2}, null);
        assertThat(finding.label()).isEqualTo("mel");
        assertThat(finding.probabilities())
                .extracting(ClassProbability::label)
                .containsExactly("mel", "bkl", "nv");
        assertThat(finding.abstained()).isFalse();
    }

    @Test
    void keepsTheOrderOfLabelsBetweenEquals() {
        Finding finding = Finding.of(MODEL, READING, new float[] {1, 1, 1}, null);
        assertThat(finding.probabilities())
                .extracting(ClassProbability::label)
                .containsExactly("nv", "mel", "bkl");
    }

    @Test
    void abstainsBelowTheThreshold() {
        assertThat(Finding.of(MODEL, READING, new float[] {0, LN2, 0}, null).abstained()).isFalse();
        assertThat(Finding.of(MODEL, READING, new float[] {0, LN2 * 0.99f, 0}, null).abstained())
                .isTrue();
    }

    @Test
    void saysInJsonWhatItIsAndThatItIsNoDiagnosis() {
        Finding finding =
                new Finding(
                        MODEL,
                        "mel",
                        0.75,
                        List.of(
                                new ClassProbability("mel", 0.75),
                                new ClassProbability("nv", 0.25)),
                        false,
                        null,
                        null);
        assertThat(finding.toJson())
                .isEqualTo(
                        "{\"model\":\"pretrained-skin\",\"version\":\"0.1.0\",\"digest\":\"ab12\","
                                + "\"label\":\"mel\",\"probability\":0.75,\"abstained\":false,"
                                + "\"probabilities\":{\"mel\":0.75,\"nv\":0.25},"
                                + "\"set\":null,\"outOfDistribution\":null,"
                                + "\"notice\":\"Research use only. Not a diagnosis.\"}");
    }

    @Test
    void saysInJsonWhatIsNotRuledOutAndHowUnlikeThePictureIs() {
        Finding finding =
                Finding.of(
                        MODEL,
                        WITH_SETS,
                        new float[] {0, LN2, 0},
                        new OutOfDistribution(2.5, 1.25));
        assertThat(finding.toJson())
                .contains(
                        "},\"set\":{\"coverage\":0.9,\"labels\":[\"mel\",\"nv\",\"bkl\"]},"
                                + "\"outOfDistribution\":{\"score\":2.5,\"threshold\":1.25,"
                                + "\"beyond\":true},\"notice\"");
    }

    @Test
    void rulesOutWhatIsNotProbableEnough() {
        assertThat(Finding.of(MODEL, WITH_SETS, new float[] {0, 3 * LN2, 2 * LN2}, null).set())
                .isEqualTo(new ConformalSet(0.9, List.of("mel", "bkl")));
        assertThat(Finding.of(MODEL, WITH_SETS, new float[] {0, 9, 0}, null).set())
                .isEqualTo(new ConformalSet(0.9, List.of("mel")));
        assertThat(Finding.of(MODEL, READING, new float[] {0, 9, 0}, null).set()).isNull();
    }

    @Test
    void refusesASetThatLeavesOutAMoreProbableLabel() {
        Finding good = Finding.of(MODEL, WITH_SETS, new float[] {0, LN2, 0}, null);
        for (List<String> labels : List.of(List.of("nv"), List.of("mel", "bkl"))) {
            assertThatThrownBy(
                            () ->
                                    new Finding(
                                            MODEL,
                                            good.label(),
                                            good.probability(),
                                            good.probabilities(),
                                            false,
                                            new ConformalSet(0.9, labels),
                                            null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("set: " + labels + " (expected: the first of [");
        }
    }

    @Test
    void speaksDjl() {
        Finding finding = Finding.of(MODEL, READING, new float[] {0, 2, 1}, null);
        Classifications classifications = finding.toClassifications();
        assertThat(classifications.best().getClassName()).isEqualTo("mel");
        assertThat(classifications.best().getProbability()).isEqualTo(finding.probability());
        assertThat(classifications.getClassNames()).containsExactly("mel", "bkl", "nv");
    }

    @Test
    void refusesALabelThatIsNotTheFirst() {
        List<ClassProbability> one = List.of(new ClassProbability("mel", 1));
        assertThatThrownBy(() -> new Finding(MODEL, "nv", 1, one, false, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("(expected: nv 1.0 first)");
    }

    @Test
    void refusesAProbabilityAboveOne() {
        assertThatThrownBy(() -> new ClassProbability("mel", 1.01))
                .hasMessage("probability of mel: 1.01 (expected: 0..1)");
    }

    @Test
    void refusesAModelWithoutAName() {
        assertThatThrownBy(() -> new ModelIdentity(" ", "0.1.0", "ab12"))
                .hasMessage("model name: \" \" (expected: not blank)");
    }
}
