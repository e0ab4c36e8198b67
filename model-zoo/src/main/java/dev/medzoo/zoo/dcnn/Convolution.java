package dev.medzoo.zoo.dcnn;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;

/** One convolution and its batch norm, the unit that the whole network is made of. */
final class Convolution {
    private Convolution() {}

    /** A convolution that keeps the resolution, batch norm, ReLU. */
    static SequentialBlock withRelu(int kernel, int channels) {
        return linear(kernel, channels, 1).add(Activation.reluBlock());
    }

    /** A convolution that halves the resolution, batch norm, ReLU. */
    static SequentialBlock halving(int kernel, int channels) {
        return linear(kernel, channels, 2).add(Activation.reluBlock());
    }

    /** A convolution that keeps the resolution and batch norm, to be added to another path. */
    static SequentialBlock linear(int kernel, int channels) {
        return linear(kernel, channels, 1);
    }

    /** Batch norm follows at once, so the convolution needs no bias. */
    private static SequentialBlock linear(int kernel, int channels, int stride) {
        int padding = kernel / 2;
        return new SequentialBlock()
                .add(
                        Conv2d.builder()
                                .setKernelShape(new Shape(kernel, kernel))
                                .setFilters(channels)
                                .optStride(new Shape(stride, stride))
                                .optPadding(new Shape(padding, padding))
                                .optBias(false)
                                .build())
                .add(BatchNorm.builder().build());
    }
}
