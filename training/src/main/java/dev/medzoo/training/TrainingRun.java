package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.medzoo.training.BatchLoader.Batch;
import dev.medzoo.training.PictureSet.LabelledPicture;
import dev.medzoo.translate.InputSize;
import dev.medzoo.translate.Transform;
import dev.medzoo.zoo.ArtifactContent;
import dev.medzoo.zoo.dcnn.Dcnn;
import dev.medzoo.zoo.dcnn.DcnnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One training run: supervised, from scratch or from another model's weights, on the {@code train}
 * pictures, judged after every epoch on {@code val}. {@code test} is never read here.
 *
 * <p>Two runs of one recipe on one machine give the same curve, and so does a run that was stopped
 * and resumed: everything random follows from the recipe's seed and the epoch.
 */
final class TrainingRun implements AutoCloseable {
    private static final long DECODED_BYTES = 1L << 30;

    private final Recipe recipe;
    private final PictureSet data;
    private final Path checkpointFile;
    private final TrainingProgress progress;

    private final NDManager manager;
    private final ParameterStore store;
    private final Dcnn network;
    private final WeightAverage average;
    private final Transform transform;
    private final BatchLoader loader;
    private final Scorer scorer;
    private final Sampler sampler;
    private final AdamW optimiser;
    private final Set<Parameter> head;
    private final int stepsPerEpoch;
    private final OneCycle schedule;

    private Checkpoint.State state;
    private byte[] bestWeights = {};

    /**
     * @param parent whose weights to start from, or null for random ones
     * @param checkpointFile written after every epoch
     */
    TrainingRun(
            Recipe recipe,
            String recipeSha256,
            PictureSet data,
            @Nullable ArtifactContent parent,
            Path checkpointFile,
            Device device,
            TrainingProgress progress)
            throws MalformedModelException {
        this.recipe = recipe;
        this.data = data;
        this.checkpointFile = checkpointFile;
        this.progress = progress;
        manager = NDManager.newBaseManager(device, "PyTorch");
        store = new ParameterStore(manager, false);
        transform = Transform.square(recipe.inputSide());
        InputSize input = transform.crop();
        network = new Dcnn(DcnnConfig.published(input, data.labels().size()));
        network.initialize(manager, recipe.seed());
        Recipe.Transfer transfer = recipe.transfer();
        if (parent != null) {
            try (NDManager scratch = manager.newSubManager()) {
                network.transferFrom(parent.network(scratch));
            }
        }
        network.freeze(transfer == null ? 0 : transfer.frozenParts());
        head = new HashSet<>(network.headParameters());
        loader = new BatchLoader(new PictureReader(DECODED_BYTES), transform);
        average = new WeightAverage(network, manager, recipe.optimiser().averageDecay());
        scorer = new Scorer(average.network(), manager);
        sampler = new Sampler(data.split("train"), recipe.balance());
        List<Parameter> trained =
                network.getParameters().values().stream()
                        .filter(Parameter::requiresGradient)
                        .toList();
        optimiser = new AdamW(manager, trained, recipe.optimiser().weightDecay());
        stepsPerEpoch = sampler.epoch(new Random(0)).size() / recipe.batchSize();
        if (stepsPerEpoch == 0) {
            throw new IllegalArgumentException(
                    "batchSize: %d (expected: at most the %d pictures of train)"
                            .formatted(recipe.batchSize(), data.split("train").size()));
        }
        int steps = stepsPerEpoch * recipe.epochs();
        schedule =
                new OneCycle(
                        recipe.optimiser().peakLearningRate(),
                        (int) (steps * recipe.optimiser().warmUp()),
                        steps);
        state = new Checkpoint.State(recipeSha256, 0, 0, List.of());
    }

    /**
     * Takes up the run of the checkpoint file, if there is one.
     *
     * @throws IllegalArgumentException when it belongs to another recipe
     */
    void resume() throws IOException, MalformedModelException {
        if (!Files.exists(checkpointFile)) {
            progress.note("no checkpoint yet: starting at epoch 1");
            return;
        }
        Checkpoint checkpoint = Checkpoint.read(checkpointFile);
        if (!checkpoint.state.recipeSha256().equals(state.recipeSha256())) {
            throw new IllegalArgumentException(
                    checkpointFile + ": of another recipe (expected: this recipe, unchanged)");
        }
        state = checkpoint.state;
        bestWeights = checkpoint.bestWeights;
        loadWeights(checkpoint.weights, network);
        loadWeights(checkpoint.averages, average.network());
        optimiser.load(Checkpoint.stream(checkpoint.optimiser));
        progress.note("resumed after epoch " + state.epochs().size());
    }

    /** Trains until the last epoch or until patience ends, and leaves the best epoch's weights. */
    void run() throws IOException, MalformedModelException {
        while (!isDone()) {
            long begun = System.nanoTime();
            int epoch = state.epochs().size() + 1;
            EpochReport report = epoch(epoch);
            keep(report, minutesSince(begun));
            progress.epoch(report);
        }
        loadWeights(bestWeights, average.network());
    }

    private boolean isDone() {
        int epochs = state.epochs().size();
        boolean patienceEnded = epochs - state.bestEpoch() >= recipe.patience();
        return epochs >= recipe.epochs() || (epochs > 0 && patienceEnded);
    }

    private EpochReport epoch(int epoch) {
        long seed = recipe.seed() * 1_000_003 + epoch;
        Engine.getEngine("PyTorch").setRandomSeed((int) seed);
        List<LabelledPicture> drawn = sampler.epoch(new Random(seed));
        List<LabelledPicture> whole = drawn.subList(0, stepsPerEpoch * recipe.batchSize());
        long begun = System.nanoTime();
        long waited = 0;
        double lossSum = 0;
        int done = 0;
        long asked = begun;
        for (Batch batch :
                loader.batches(whole, recipe.batchSize(), recipe.augmentation(), seed << 24)) {
            waited += System.nanoTime() - asked;
            lossSum += step(batch) * batch.size();
            done += batch.size();
            tell(epoch, done, whole.size(), lossSum / done, begun);
            asked = System.nanoTime();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Scores scores = scoreVal();
        ConfusionMatrix confusion = Measures.confusion(scores, Measures.all(scores));
        return new EpochReport(
                epoch,
                lossSum / done,
                confusion.macroF1(),
                confusion.balancedAccuracy(),
                confusion.accuracy(),
                done / seconds,
                waited / 1e9 / seconds);
    }

    private double step(Batch batch) {
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
        return data.labels().size();
    }

    private void tell(int epoch, int done, int all, double loss, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        double rate = done / seconds;
        long left = (long) (((double) all * (recipe.epochs() - epoch) + all - done) / rate);
        progress.step(epoch, recipe.epochs(), done, all, loss, rate, Duration.ofSeconds(left));
    }

    private void keep(EpochReport report, double minutes) throws IOException {
        List<EpochReport> epochs = new ArrayList<>(state.epochs());
        epochs.add(report);
        byte[] weights = Checkpoint.bytes(network::saveParameters);
        byte[] averages = Checkpoint.bytes(average.network()::saveParameters);
        boolean better = report.macroF1() > state.bestMacroF1();
        bestWeights = better ? averages : bestWeights;
        state =
                new Checkpoint.State(
                        state.recipeSha256(),
                        better ? report.epoch() : state.bestEpoch(),
                        state.minutes() + minutes,
                        epochs);
        byte[] moments = Checkpoint.bytes(optimiser::save);
        new Checkpoint(state, weights, averages, bestWeights, moments).write(checkpointFile);
    }

    /** Copies saved weights into the arrays at hand, which the optimiser knows. */
    private void loadWeights(byte[] saved, Dcnn into) throws IOException, MalformedModelException {
        try (NDManager scratch = manager.newSubManager()) {
            Dcnn from = new Dcnn(into.config());
            from.loadParameters(scratch, Checkpoint.stream(saved));
            into.copyFrom(from);
        }
    }

    private static double minutesSince(long begun) {
        return (System.nanoTime() - begun) / 60e9;
    }

    /** The network's verdicts on {@code val}. */
    Scores scoreVal() {
        return scorer.score(loader, data.split("val"));
    }

    /** The averaged network; after {@link #run}, with the best epoch's weights. */
    Dcnn network() {
        return average.network();
    }

    Transform transform() {
        return transform;
    }

    Checkpoint.State state() {
        return state;
    }

    @Override
    public void close() {
        loader.close();
        manager.close();
    }
}
