package dev.medzoo.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.Classifications;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {
    private static final ModelIdentity MODEL =
            new ModelIdentity("pretrained-skin", "0.1.0", "ab12");
    private static final Reading READING =
            new Reading(Transform.square(8), List.of("nv", "mel", "bkl"), 1, 0.5);
    private static final float LN2 = (float) Math.log(2);

    @Test
    void putsTheMostProbableClassFirst() {
        Finding finding = Finding.of(MODEL, READING, new float[] {0, 2 * LN2, LN2});
        assertThat(finding.label()).isEqualTo("mel");
        assertThat(finding.probabilities())
                .extracting(ClassProbability::label)
                .containsExactly("mel", "bkl", "nv");
        assertThat(finding.abstained()).isFalse();
    }

    @Test
    void keepsTheOrderOfLabelsBetweenEquals() {
        Finding finding = Finding.of(MODEL, READING, new float[] {1, 1, 1});
        assertThat(finding.probabilities())
                .extracting(ClassProbability::label)
                .containsExactly("nv", "mel", "bkl");
    }

    @Test
    void abstainsBelowTheThreshold() {
        assertThat(Finding.of(MODEL, READING, new float[] {0, LN2, 0}).abstained()).isFalse();
        assertThat(Finding.of(MODEL, READING, new float[] {0, LN2 * 0.99f, 0}).abstained())
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
                        false);
        assertThat(finding.toJson())
                .isEqualTo(
                        "{\"model\":\"pretrained-skin\",\"version\":\"0.1.0\",\"digest\":\"ab12\","
                                + "\"label\":\"mel\",\"probability\":0.75,\"abstained\":false,"
                                + "\"probabilities\":{\"mel\":0.75,\"nv\":0.25},"
                                + "\"notice\":\"Research use only. Not a diagnosis.\"}");
    }

    @Test
    void speaksDjl() {
        Finding finding = Finding.of(MODEL, READING, new float[] {0, 2, 1});
        Classifications classifications = finding.toClassifications();
        assertThat(classifications.best().getClassName()).isEqualTo("mel");
        assertThat(classifications.best().getProbability()).isEqualTo(finding.probability());
        assertThat(classifications.getClassNames()).containsExactly("mel", "bkl", "nv");
    }

    @Test
    void refusesALabelThatIsNotTheFirst() {
        List<ClassProbability> one = List.of(new ClassProbability("mel", 1));
        assertThatThrownBy(() -> new Finding(MODEL, "nv", 1, one, false))
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
