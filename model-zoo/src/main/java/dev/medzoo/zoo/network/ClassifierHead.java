package dev.medzoo.zoo.network;

import ai.djl.MalformedModelException;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fully connected layers of a {@link Network} as plain Java arrays, and the gradient of their
 * logits in closed form, without an engine.
 */
public final class ClassifierHead {
    private final @Nullable Linear hidden;
    private final Linear last;

    /** Weights (outputs, inputs), row-major. */
    private static final class Linear {
        final float[] weights;
        final float[] bias;

        Linear(Block layer) {
            this(numbers(layer, "weight"), numbers(layer, "bias"));
        }

        Linear(float[] weights, float[] bias) {
            this.weights = weights;
            this.bias = bias;
        }

        private static float[] numbers(Block layer, String name) {
            Parameter parameter = layer.getDirectParameters().get(name);
            return Convolution.numbers(parameter);
        }

        int inputs() {
            return weights.length / bias.length;
        }

        double output(int row, float[] input) {
            double sum = bias[row];
            for (int i = 0; i < input.length; i++) {
                sum += (double) weights[row * input.length + i] * input[i];
            }
            return sum;
        }
    }

    private ClassifierHead(@Nullable Linear hidden, Linear last) {
        this.hidden = hidden;
        this.last = last;
    }

    /** Copies a network's numbers; the network may then be closed. */
    public static ClassifierHead of(Network network) {
        List<Block> layers = network.head().getChildren().values();
        Linear hidden = network.config().fcUnits() > 0 ? new Linear(layers.get(0)) : null;
        return new ClassifierHead(hidden, new Linear(layers.get(layers.size() - 1)));
    }

    /**
     * Reads it from a network's saved parameters without starting an engine.
     *
     * @param saved what {@link Network#saveParameters} wrote
     * @throws MalformedModelException when they are not those of the configuration
     */
    public static ClassifierHead read(BlockConfig config, DataInputStream saved)
            throws IOException, MalformedModelException {
        List<float[]> numbers = SavedHead.read(new Network(config), saved);
        boolean hasHidden = config.fcUnits() > 0;
        int inputs = hasHidden ? config.fcUnits() : config.features();
        List<Integer> sizes =
                hasHidden
                        ? List.of(
                                inputs * config.features(),
                                inputs,
                                inputs * config.classes(),
                                config.classes())
                        : List.of(inputs * config.classes(), config.classes());
        List<Integer> seen = numbers.stream().map(each -> each.length).toList();
        if (!seen.equals(sizes)) {
            throw new MalformedModelException(
                    "weights: head of %s numbers (expected: %s)".formatted(seen, sizes));
        }
        int last = numbers.size() - 2;
        return new ClassifierHead(
                hasHidden ? new Linear(numbers.get(0), numbers.get(1)) : null,
                new Linear(numbers.get(last), numbers.get(last + 1)));
    }

    /** Number of pooled features in its input. */
    public int features() {
        return hidden == null ? last.inputs() : hidden.inputs();
    }

    /**
     * Gradient of a class's logit by each pooled feature: its weights, through the hidden units
     * above 0.
     *
     * @param pooled features of one picture, before any layer
     * @param target number of the class
     * @return one number a feature
     */
    public double[] gradient(float[] pooled, int target) {
        if (pooled.length != features()) {
            throw new IllegalArgumentException(
                    "pooled features: %d (expected: %d)".formatted(pooled.length, features()));
        }
        int inputs = last.inputs();
        double[] gradient = new double[pooled.length];
        for (int unit = 0; unit < inputs; unit++) {
            double weight = last.weights[target * inputs + unit];
            if (hidden == null) {
                gradient[unit] = weight;
            } else if (hidden.output(unit, pooled) > 0) {
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += weight * hidden.weights[unit * gradient.length + i];
                }
            }
        }
        return gradient;
    }
}
