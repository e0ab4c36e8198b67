package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.zoo.dcnn.Dcnn;
import dev.medzoo.zoo.dcnn.DcnnConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A network that learns from batches: forward, loss, backward, step, average. */
final class Learner implements AutoCloseable {
    private final Recipe recipe;
    private final NDManager manager;
    private final ParameterStore store;
    private final Dcnn network;
    private final WeightAverage average;
    private final AdamW optimiser;
    private final OneCycle schedule;
    private final Set<Parameter> head;

    /**
     * @param parent whose weights to start from, or null for random ones
     */
    Learner(Recipe recipe, DcnnConfig config, @Nullable StartingWeights parent, Device device)
            throws IOException, MalformedModelException {
        this.recipe = recipe;
        manager = NDManager.newBaseManager(device, "PyTorch");
        store = new ParameterStore(manager, false);
        network = new Dcnn(config);
        network.initialize(manager, recipe.seed());
        if (recipe.precision() == Recipe.Precision.BFLOAT16) {
            network.computeInBFloat16(manager);
        }
        if (parent != null) {
            try (NDManager scratch = manager.newSubManager()) {
                network.transferFrom(parent.network(scratch));
            }
        }
        Recipe.Transfer transfer = recipe.transfer();
        network.freeze(transfer == null ? 0 : transfer.frozenParts());
        head = new HashSet<>(network.headParameters());
        average = new WeightAverage(network, manager, recipe.optimiser().averageDecay());
        List<Parameter> trained =
                network.getParameters().values().stream()
                        .filter(Parameter::requiresGradient)
                        .toList();
        optimiser = new AdamW(manager, trained, recipe.optimiser().weightDecay());
        schedule =
                new OneCycle(
                        recipe.optimiser().peakLearningRate(),
                        (int) (recipe.steps() * recipe.optimiser().warmUp()),
                        recipe.steps());
    }

    /**
     * Learns from one batch.
     *
     * @return its loss before the step, in nats
     */
    double step(Batch batch) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray inputs = scratch.create(batch.inputs, network.inputShape(batch.size()));
            NDArray targets = scratch.create(targets(batch), new Shape(batch.size(), classes()));
            NDArray loss;
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                NDArray logits = network.forward(store, new NDList(inputs), true).head();
                loss = logits.logSoftmax(1).mul(targets).sum().mul(-1f / batch.size());
                collector.backward(loss);
            }
            double rate = schedule.at(optimiser.steps());
            optimiser.step(parameter -> rate * relativeRate(parameter));
            average.update(optimiser.steps(), scratch);
            float value = loss.getFloat();
            if (!Float.isFinite(value)) {
                throw new IllegalStateException(
                        "loss: " + value + " (expected: finite; try a lower peakLearningRate)");
            }
            return value;
        }
    }

    private double relativeRate(Parameter parameter) {
        Recipe.Transfer transfer = recipe.transfer();
        return transfer == null || head.contains(parameter) ? 1 : transfer.bodyRate();
    }

    /** One-hot rows, smoothed (Szegedy et al. 2016). */
    private float[] targets(Batch batch) {
        float[] targets = new float[batch.size() * classes()];
        Arrays.fill(targets, (float) (recipe.labelSmoothing() / classes()));
        for (int i = 0; i < batch.size(); i++) {
            targets[i * classes() + batch.pictures.get(i).label()] +=
                    (float) (1 - recipe.labelSmoothing());
        }
        return targets;
    }

    private int classes() {
        return network.config().classes();
    }

    /** The averaged network: the one that is judged and kept. */
    Dcnn averaged() {
        return average.network();
    }

    /** Judges the averaged network. */
    Scorer scorer() {
        return new Scorer(averaged(), manager);
    }

    /** Everything that decides how it goes on learning. */
    Checkpoint checkpoint(Checkpoint.State state, byte[] bestWeights) {
        return new Checkpoint(
                state,
                PartsFile.bytes(network::saveParameters),
                averagedWeights(),
                bestWeights,
                PartsFile.bytes(optimiser::save));
    }

    byte[] averagedWeights() {
        return PartsFile.bytes(averaged()::saveParameters);
    }

    /** Goes on from a checkpoint. */
    void restore(Checkpoint checkpoint) throws IOException, MalformedModelException {
        load(checkpoint.weights, network);
        load(checkpoint.averages, averaged());
        optimiser.load(PartsFile.stream(checkpoint.optimiser));
    }

    /** Ends with the weights of an earlier round. */
    void restoreAveraged(byte[] weights) throws IOException, MalformedModelException {
        load(weights, averaged());
    }

    /** Copies saved weights into the arrays at hand, which the optimiser knows. */
    private void load(byte[] saved, Dcnn into) throws IOException, MalformedModelException {
        try (NDManager scratch = manager.newSubManager()) {
            Dcnn from = new Dcnn(into.config());
            from.loadParameters(scratch, PartsFile.stream(saved));
            into.copyFrom(from);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
