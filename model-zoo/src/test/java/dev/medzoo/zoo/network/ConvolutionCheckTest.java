package dev.medzoo.zoo.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConvolutionCheckTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private boolean usedOneDnn;

    @BeforeEach
    void remember() {
        usedOneDnn = ConvolutionCheck.usesOneDnn();
    }

    @AfterEach
    void restore() {
        ConvolutionCheck.useOneDnn(usedOneDnn);
        manager.close();
    }

    @Test
    void convolutionsAreRightOnceANetworkIsThere() {
        new Network(DcnnConfig.published(InputSize.square(64), 2)).initialize(manager, 1);

        assertThat(ConvolutionCheck.isRight(manager)).isTrue();
    }

    @Test
    void convolutionsAreRightWithoutOneDnn() {
        ConvolutionCheck.useOneDnn(false);

        assertThat(ConvolutionCheck.usesOneDnn()).isFalse();
        assertThat(ConvolutionCheck.isRight(manager)).isTrue();
    }

    /** What oneDNN left in the padding is like this: numbers of another convolution. */
    @Test
    void aWrongSumIsNoticed() {
        float[] pictures = {1, 2, 3, 4};
        float[] weights = {2};

        assertThat(
                        ConvolutionCheck.isRight(
                                new float[] {2, 4, 6, 8}, pictures, weights, 1, 1, 1, 2))
                .isTrue();
        assertThat(
                        ConvolutionCheck.isRight(
                                new float[] {2, 4, 6, 8.2f}, pictures, weights, 1, 1, 1, 2))
                .isFalse();
        assertThat(
                        ConvolutionCheck.isRight(
                                new float[] {2, 4, Float.NaN, 8}, pictures, weights, 1, 1, 1, 2))
                .isFalse();
    }
}
