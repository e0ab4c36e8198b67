package dev.medzoo.training.learn;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.translate.EngineDefaults;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network that learns from batches: forward, loss, backward, step, average. On several devices
 * each batch is cut into as many pieces, and their gradients are added up.
 */
final class Learner implements AutoCloseable {
    private final Recipe recipe;
    private final NDManager manager;
    private final Network network;
    private final List<Replica> replicas = new ArrayList<>();
    private final WeightAverage average;
    private final AdamW optimiser;
    private final OneCycle schedule;
    private final Scorer scorer;
    private final IdentityHashMap<Parameter, Double> rates;
    private final @Nullable Mixer mixer;
    private int frozen;

    /**
     * @param parent whose weights to start from, or null for random ones
     * @param devices that learn, at least one; the first keeps the weights and judges them
     */
    Learner(
            Recipe recipe,
            BlockConfig config,
            @Nullable StartingWeights parent,
            List<Device> devices)
            throws IOException, MalformedModelException {
        this.recipe = recipe;
        EngineDefaults.set();
        manager = NDManager.newBaseManager(devices.get(0), "PyTorch");
        Replica first = Replica.random(recipe, new Network(config), manager);
        network = first.network();
        if (parent != null) {
            try (NDManager scratch = manager.newSubManager()) {
                network.transferFrom(parent.network(scratch));
            }
        }
        Recipe.Transfer transfer = recipe.transfer();
        frozen = transfer == null ? 0 : transfer.frozenParts();
        network.freeze(frozen);
        replicas.add(first);
        for (Device device : devices.subList(1, devices.size())) {
            Replica replica = first.on(device, recipe);
            replica.network().freeze(frozen);
            replicas.add(replica);
        }
        rates = rates(network, transfer);
        mixer = recipe.mixing() == null ? null : new Mixer(recipe.mixing(), recipe.seed());
        average = new WeightAverage(network, manager, recipe.optimiser().averageDecay());
        scorer = new Scorer(average.network(), manager);
        List<Parameter> trained =
                network.getParameters().values().stream()
                        .filter(Parameter::requiresGradient)
                        .toList();
        optimiser = new AdamW(manager, trained, recipe.optimiser());
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
            unfreeze();
            float[] smoothed = targets(batch);
            if (mixer != null) {
                int side = recipe.inputSide();
                mixer.mix(batch.inputs, smoothed, batch.size(), side, optimiser.steps());
            }
            double loss = learn(batch, smoothed, scratch);
            double rate = schedule.at(optimiser.steps());
            optimiser.step(parameter -> rate * rates.getOrDefault(parameter, 1.0));
            average.update(optimiser.steps(), scratch);
            replicas.subList(1, replicas.size()).forEach(each -> each.follow(replicas.get(0)));
            return loss;
        }
    }

    /**
     * Leaves the gradient of a batch on the first replica.
     *
     * @return the loss
     */
    private double learn(Batch batch, float[] targets, NDManager scratch) {
        List<NDArray> losses = new ArrayList<>();
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            for (int i = 0; i < replicas.size(); i++) {
                int from = i * batch.size() / replicas.size();
                int to = (i + 1) * batch.size() / replicas.size();
                if (from < to) {
                    NDArray loss =
                            replicas.get(i)
                                    .loss(batch.inputs, targets, from, to, batch.size(), scratch);
                    collector.backward(loss);
                    losses.add(loss);
                }
            }
        }
        // Not before all devices have their work: a GPU's answer is waited for.
        double sum = losses.stream().mapToDouble(NDArray::getFloat).sum();
        replicas.subList(1, replicas.size()).forEach(each -> each.giveGradients(replicas.get(0)));
        return sum;
    }

    /** Lets one more part learn when its time has come. */
    private void unfreeze() {
        Recipe.Transfer transfer = recipe.transfer();
        int now = transfer == null ? 0 : transfer.frozen(optimiser.steps(), network.parts());
        if (now != frozen) {
            replicas.forEach(replica -> replica.network().freeze(now));
            frozen = now;
        }
    }

    /** Relative learning rate of each parameter: 1 in the head and for a run from scratch. */
    private static IdentityHashMap<Parameter, Double> rates(
            Network network, Recipe.@Nullable Transfer transfer) {
        IdentityHashMap<Parameter, Double> rates = new IdentityHashMap<>();
        network.getParameters().values().forEach(parameter -> rates.put(parameter, 1.0));
        for (int part = 0; transfer != null && part < network.parts(); part++) {
            double rate = transfer.rate(network.parts() - 1 - part);
            network.partParameters(part).forEach(parameter -> rates.put(parameter, rate));
        }
        return rates;
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
    Network averaged() {
        return average.network();
    }

    /** Judges the averaged network. */
    Scorer scorer() {
        return scorer;
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
        replicas.subList(1, replicas.size()).forEach(each -> each.follow(replicas.get(0)));
    }

    /** Ends with the weights of an earlier round. */
    void restoreAveraged(byte[] weights) throws IOException, MalformedModelException {
        load(weights, averaged());
    }

    /** Copies saved weights into the arrays at hand, which the optimiser knows. */
    private void load(byte[] saved, Network into) throws IOException, MalformedModelException {
        try (NDManager scratch = manager.newSubManager()) {
            Network from = new Network(into.config());
            from.loadParameters(scratch, PartsFile.stream(saved));
            into.copyFrom(from);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
