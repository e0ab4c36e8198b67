package dev.medzoo.training.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.medzoo.training.recipe.Recipe.Optimiser;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019). DJL's own keeps its moments to
 * itself, so a run with it could not be resumed: this one saves and loads them.
 */
public final class AdamW implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    /** Single numbers of a gradient are not clipped. */
    private static final float NO_CLIPPING = -1;

    private final NDManager manager;
    private final List<Parameter> parameters;
    private final List<NDArray> means = new ArrayList<>();
    private final List<NDArray> variances = new ArrayList<>();
    private final double weightDecay;
    private final double clipNorm;
    private final int[] moved;
    private int steps;

    /**
     * @param parameters those to be trained, always in the same order
     * @param settings whose weight decay is for convolutions and fully connected weights alone
     */
    public AdamW(NDManager parent, List<Parameter> parameters, Optimiser settings) {
        manager = parent.newSubManager();
        this.parameters = List.copyOf(parameters);
        weightDecay = settings.weightDecay();
        Double limit = settings.clipNorm();
        clipNorm = limit == null ? Double.POSITIVE_INFINITY : limit;
        moved = new int[parameters.size()];
        for (Parameter parameter : parameters) {
            means.add(manager.zeros(parameter.getArray().getShape()));
            variances.add(manager.zeros(parameter.getArray().getShape()));
        }
    }

    /** Steps taken, whatever parameters they moved. */
    public int steps() {
        return steps;
    }

    /**
     * Moves every parameter that is not frozen against its gradient, and clears the gradient.
     *
     * @param learningRate of each parameter
     */
    public void step(ToDoubleFunction<Parameter> learningRate) {
        steps++;
        float scale = Double.isInfinite(clipNorm) ? 1 : (float) Math.min(1, clipNorm / norm());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (!parameter.requiresGradient()) {
                continue;
            }
            double rate = learningRate.applyAsDouble(parameter);
            double correction = correction(++moved[i]);
            boolean decays = parameter.getType() == Parameter.Type.WEIGHT;
            NDArray weight = parameter.getArray();
            try (NDArray gradient = weight.getGradient()) {
                weight.getNDArrayInternal()
                        .adamUpdate(
                                new NDList(weight, gradient, means.get(i), variances.get(i)),
                                new NDList(weight),
                                (float) rate,
                                (float) (rate * correction),
                                decays ? (float) weightDecay : 0,
                                scale,
                                NO_CLIPPING,
                                BETA1,
                                BETA2,
                                EPSILON,
                                true,
                                true);
            }
        }
    }

    /** Of the gradients of all that moves, together. */
    private double norm() {
        double sum = 0;
        for (Parameter parameter : parameters) {
            if (parameter.requiresGradient()) {
                try (NDArray gradient = parameter.getArray().getGradient();
                        NDArray length = gradient.norm()) {
                    sum += Math.pow(length.getFloat(), 2);
                }
            }
        }
        return Math.sqrt(sum);
    }

    /**
     * What makes up for moments that began at zero. A parameter that was frozen at first counts its
     * own steps: with everybody's, its first ones would be several times too long.
     */
    private static double correction(int step) {
        return Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
    }

    public void save(DataOutputStream out) throws IOException {
        out.writeInt(steps);
        out.writeInt(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            out.writeInt(moved[i]);
            out.write(means.get(i).encode());
            out.write(variances.get(i).encode());
        }
    }

    public void load(DataInputStream in) throws IOException {
        steps = in.readInt();
        int count = in.readInt();
        if (count != parameters.size()) {
            throw new IOException(
                    "checkpoint: moments of %d parameters (expected: %d)"
                            .formatted(count, parameters.size()));
        }
        for (int i = 0; i < count; i++) {
            moved[i] = in.readInt();
            take(in, means.get(i));
            take(in, variances.get(i));
        }
    }

    private void take(DataInputStream in, NDArray into) throws IOException {
        try (NDArray saved = manager.decode(in)) {
            saved.copyTo(into);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
