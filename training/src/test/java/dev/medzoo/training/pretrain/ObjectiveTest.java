package dev.medzoo.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
    private NDManager manager = NDManager.newBaseManager("PyTorch");

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void whenAllViewsAreAlikeThePartnerIsAGuessAmongTheOthers() {
        NDArray alike = manager.ones(new Shape(6, 128));

        assertThat(loss(new SimClr(), alike)).isCloseTo(Math.log(5), within(1e-4));
    }

    @Test
    void contrastIsSmallestWhenEachPairIsAloneInItsDirection() {
        NDArray pairs = manager.create(new float[] {2, 0, 5, 0, 0, 1, 0, 3}, new Shape(4, 2));

        // exp(1 / 0.2) against two of exp(0)
        double expected = -Math.log(Math.exp(5) / (Math.exp(5) + 2));
        assertThat(loss(new SimClr(), pairs)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void collapsedProjectionsPayForTheirMissingVariance() {
        NDArray collapsed = manager.ones(new Shape(8, 256));

        // Both views lack almost all of the deviation of 1: 25 / 2 each, less the root of epsilon.
        assertThat(loss(new VicReg(), collapsed)).isCloseTo(25 * (1 - 0.01), within(1e-3));
    }

    @Test
    void viewsThatDisagreePayTheSquareOfTheirDistance() {
        float[] values = new float[4 * 256];
        Arrays.fill(values, 0, 256, 1); // the first view of the first picture
        NDArray disagreeing = manager.create(values, new Shape(4, 256));
        double variance = 0.5; // of (1, 0) in each dimension of the first views
        double lacking = 25.0 / 2 * (1 - Math.sqrt(variance + 1e-4)) + 25.0 / 2 * (1 - 0.01);
        double covariance = 255.0 * variance * variance;

        assertThat(loss(new VicReg(), disagreeing))
                .isCloseTo(25 * 0.5 + lacking + covariance, within(1e-2));
    }

    private static double loss(Objective objective, NDArray projections) {
        return objective.loss(projections).getFloat();
    }
}
