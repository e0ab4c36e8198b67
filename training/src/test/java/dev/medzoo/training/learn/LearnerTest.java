package dev.medzoo.training.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several devices, of which a machine without GPUs has one: the CPU, named more than once. */
@Tag("jdk")
class LearnerTest {
    private static final int SIDE = 32;
    private static final DcnnConfig CONFIG =
            new DcnnConfig(new InputSize(SIDE, SIDE), 4, List.of(2, 2), List.of(1), 8, 0, 2);

    /** Batch norms see the same pictures in each half as in the whole, so all else must agree. */
    @Test
    void twoDevicesLearnFromTwoHalvesWhatOneLearnsFromTheWhole() throws Exception {
        Batch half = batch(3);
        float[] inputs = new float[2 * half.inputs.length];
        System.arraycopy(half.inputs, 0, inputs, 0, half.inputs.length);
        System.arraycopy(half.inputs, 0, inputs, half.inputs.length, half.inputs.length);
        List<LabelledPicture> pictures =
                Collections.nCopies(2, half.pictures).stream().flatMap(List::stream).toList();
        Batch whole = new Batch(inputs, pictures);

        try (Learner one = learner(1);
                Learner two = learner(2)) {
            double first = 0;
            double last = 0;
            for (int step = 0; step < 8; step++) {
                double loss = one.step(whole);
                assertThat(two.step(whole)).isCloseTo(loss, within(1e-3));
                first = step == 0 ? loss : first;
                last = loss;
            }
            assertThat(last).isLessThan(0.9 * first);
        }
    }

    @Test
    void oneDeviceMoreThanPicturesIsLeftOut() throws Exception {
        try (Learner three = learner(3)) {
            assertThat(three.step(batch(2))).isFinite();
        }
    }

    private static Learner learner(int devices) throws Exception {
        Recipe recipe =
                Recipe.parse(
                        """
                        name: drawn
                        version: 0.1.0
                        dataSet: drawn
                        inputSide: 32
                        augmentation: {smallestCrop: 1, stretch: 1, flips: false, quarterTurns: false, brightness: 0, contrast: 0, saturation: 0, tint: 0}
                        balance: 0
                        labelSmoothing: 0
                        batchSize: 6
                        steps: 10
                        judgeEvery: 10
                        patience: 1
                        optimiser: {peakLearningRate: 0.01, warmUp: 0, weightDecay: 0.01, averageDecay: 0}
                        seed: 5
                        card: {summary: S., intendedUse: Tests., outOfScope: [All else.], dataLicence: CC0, commercialUse: true, citation: None., limits: [Small.]}
                        """,
                        "test");
        return new Learner(recipe, CONFIG, null, Collections.nCopies(devices, Device.cpu()));
    }

    private static Batch batch(int pictures) {
        Random random = new Random(1);
        float[] inputs = new float[pictures * 3 * SIDE * SIDE];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        List<LabelledPicture> labelled =
                IntStream.range(0, pictures)
                        .mapToObj(i -> new LabelledPicture(Path.of("p" + i), i % 2, "g", "0"))
                        .toList();
        return new Batch(inputs, labelled);
    }
}
