package dev.medzoo.zoo.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import dev.medzoo.zoo.onnx.OnnxGraph;
import java.util.List;

/** One convolution and its batch norm, the unit of all networks. */
public final class Convolution {
    /** Epsilon of batch norm, added to the variance: DJL's default. */
    private static final float LEAST_VARIANCE = 1e-5f;

    private static final Shape TWO = new Shape(2, 2);

    private Convolution() {}

    /** A convolution that keeps the resolution, batch norm, ReLU. */
    public static SequentialBlock withRelu(int kernel, int channels) {
        return withRelu(kernel, channels, 1);
    }

    /** A convolution that halves the resolution, batch norm, ReLU. */
    public static SequentialBlock halving(int kernel, int channels) {
        return withRelu(kernel, channels, 2);
    }

    /** A convolution with a stride, batch norm, ReLU. */
    public static SequentialBlock withRelu(int kernel, int channels, int stride) {
        return linear(kernel, channels, stride).add(Activation.reluBlock());
    }

    /** Max pooling over 2 × 2, which halves the resolution. */
    public static Block halve() {
        return Pool.maxPool2dBlock(TWO, TWO);
    }

    /**
     * A convolution that keeps the resolution, and batch norm without ReLU, to be added to another
     * path.
     */
    public static SequentialBlock linear(int kernel, int channels) {
        return linear(kernel, channels, 1);
    }

    /**
     * A convolution with a stride, and batch norm without ReLU, to be added to another path. Batch
     * norm follows directly, so the convolution needs no bias.
     */
    public static SequentialBlock linear(int kernel, int channels, int stride) {
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
                .add(BatchNorm.builder().optEpsilon(LEAST_VARIANCE).build());
    }

    /** Applies a block of one input and one output to an array. */
    public static NDArray one(Block block, ParameterStore store, NDArray x, boolean training) {
        return block.forward(store, new NDList(x), training).singletonOrThrow();
    }

    /**
     * Adds a unit to a graph, its batch norm folded into weights and bias.
     *
     * @param unit that one of the methods here made, with its parameters
     * @param x what it is given
     * @return what it puts out
     */
    public static String export(Block unit, OnnxGraph graph, String x) {
        List<Block> parts = unit.getChildren().values();
        Conv2d convolution = (Conv2d) parts.get(0);
        ParameterList norm = parts.get(1).getDirectParameters();
        Parameter kernels = convolution.getDirectParameters().get("weight");
        float[] weights = numbers(kernels);
        float[] scale = numbers(norm.get("gamma"));
        float[] bias = numbers(norm.get("beta"));
        float[] mean = numbers(norm.get("runningMean"));
        float[] variance = numbers(norm.get("runningVar"));
        int each = weights.length / bias.length;
        for (int out = 0; out < bias.length; out++) {
            double factor = scale[out] / Math.sqrt(variance[out] + LEAST_VARIANCE);
            for (int i = out * each; i < (out + 1) * each; i++) {
                weights[i] = (float) (weights[i] * factor);
            }
            bias[out] = (float) (bias[out] - mean[out] * factor);
        }
        int kernel = (int) kernels.getArray().getShape().get(3);
        int stride = (int) convolution.getStride().get(0);
        String sum = graph.convolution(x, weights, bias, kernel, stride);
        return parts.size() == 2 ? sum : graph.relu(sum);
    }

    /** A copy of a parameter's numbers, row-major. */
    static float[] numbers(Parameter parameter) {
        return parameter.getArray().toFloatArray();
    }
}
