package dev.medzoo.training.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.training.recipe.Recipe;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Batches of four pictures of 8 × 8, the n-th filled with n, of a class each. */
class MixerTest {
    private static final int BATCH = 4;
    private static final int SIDE = 8;
    private static final int EACH = 3 * SIDE * SIDE;

    private final float[] inputs = new float[BATCH * EACH];
    private final float[] targets = new float[BATCH * BATCH];

    @Test
    void aBlendMovesPictureAndTargetAlike() {
        mix(new Recipe.Mixing(1, 0, 1), 5);

        for (int i = 0; i < BATCH; i++) {
            float[] target = Arrays.copyOfRange(targets, i * BATCH, (i + 1) * BATCH);
            float blend = 0;
            for (int label = 0; label < BATCH; label++) {
                blend += target[label] * label;
            }
            assertThat(inputs[i * EACH]).isCloseTo(blend, within(1e-5f));
            assertThat(inputs[i * EACH + EACH - 1]).isEqualTo(inputs[i * EACH]);
        }
        assertThat(inputs[0]).isNotEqualTo(0);
    }

    @Test
    void aCutsTargetIsTheShareOfThePixels() {
        mix(new Recipe.Mixing(0, 1, 1), 2);

        for (int i = 0; i < BATCH; i++) {
            int own = 0;
            for (int pixel = 0; pixel < EACH; pixel++) {
                own += inputs[i * EACH + pixel] == i ? 1 : 0;
            }
            assertThat(own).isBetween(1, EACH - 1);
            assertThat(targets[i * BATCH + i]).isCloseTo((float) own / EACH, within(1e-5f));
        }
    }

    @Test
    void theSameStepIsMixedTheSameWay() {
        mix(new Recipe.Mixing(0.4, 0.4, 1), 9);
        float[] first = inputs.clone();

        mix(new Recipe.Mixing(0.4, 0.4, 1), 9);

        assertThat(inputs).isEqualTo(first);
    }

    @Test
    void onlyItsShareOfTheBatchesIsMixed() {
        int mixed = 0;
        for (int step = 0; step < 400; step++) {
            mix(new Recipe.Mixing(1, 0, 0.25), step);
            mixed += inputs[0] == 0 ? 0 : 1;
        }

        assertThat(mixed).isBetween(70, 130);
    }

    @Test
    void betaDrawsLieInTheirRangeAroundOneHalf() {
        Random random = new Random(1);
        double sum = 0;
        for (int i = 0; i < 4000; i++) {
            double draw = Mixer.beta(0.3, random);
            assertThat(draw).isBetween(0.0, 1.0);
            sum += draw;
        }

        assertThat(sum / 4000).isCloseTo(0.5, within(0.03));
    }

    private void mix(Recipe.Mixing mixing, int step) {
        Arrays.fill(targets, 0);
        for (int i = 0; i < BATCH; i++) {
            Arrays.fill(inputs, i * EACH, (i + 1) * EACH, i);
            targets[i * BATCH + i] = 1;
        }
        new Mixer(mixing, 7).mix(inputs, targets, BATCH, SIDE, step);
    }
}
