package dev.medzoo.training.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import dev.medzoo.training.recipe.Recipe.Optimiser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdamWTest {
    private static final double RATE = 0.01;
    private static final Optimiser PLAIN = new Optimiser(RATE, 0, 0, 0, null);

    @Test
    void theFirstStepOfEveryParameterIsAsLongAsTheRateWheneverItComes() throws Exception {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Parameter early = parameter(manager);
            Parameter late = parameter(manager);
            AdamW optimiser = new AdamW(manager, List.of(early, late), PLAIN);
            late.freeze(true);
            for (int i = 0; i < 50; i++) {
                step(optimiser, early, late);
            }
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            optimiser.save(new DataOutputStream(saved));
            AdamW resumed = new AdamW(manager, List.of(early, late), PLAIN);
            resumed.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            float frozen = late.getArray().getFloat();
            late.freeze(false);
            float before = early.getArray().getFloat();

            step(resumed, early, late);

            assertThat(frozen).isOne();
            assertThat(frozen - late.getArray().getFloat()).isCloseTo(0.01f, within(1e-6f));
            assertThat(before - early.getArray().getFloat()).isCloseTo(0.01f, within(1e-5f));
            assertThat(resumed.steps()).isEqualTo(51);
        }
    }

    @ParameterizedTest
    @CsvSource({", -0.042", "2, 0.140"})
    void aLimitKeepsOneWildBatchFromSteeringTheStepsAfterIt(@Nullable Double limit, float way) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Parameter early = parameter(manager);
            Parameter late = parameter(manager);
            Optimiser settings = new Optimiser(RATE, 0, 0, 0, limit);
            AdamW optimiser = new AdamW(manager, List.of(early, late), settings);
            step(optimiser, early, late, 3);
            step(optimiser, early, late, 3e6f);
            float before = early.getArray().getFloat();

            for (int i = 0; i < 20; i++) {
                step(optimiser, early, late, -3);
            }

            float moved = early.getArray().getFloat() - before;
            assertThat(moved).isCloseTo(way, within(0.001f));
        }
    }

    private static Parameter parameter(NDManager manager) {
        Parameter parameter =
                Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build();
        parameter.setArray(manager.ones(new Shape()));
        parameter.freeze(false);
        return parameter;
    }

    /** Down a slope of 3. */
    private static void step(AdamW optimiser, Parameter early, Parameter late) {
        step(optimiser, early, late, 3);
    }

    private static void step(AdamW optimiser, Parameter early, Parameter late, float slope) {
        NDManager manager = early.getArray().getManager();
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray height = early.getArray().add(late.getArray()).mul(slope);
            collector.backward(height);
        }
        optimiser.step(parameter -> RATE);
    }
}
