package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.data.Sampler;
import dev.medzoo.training.measure.ConfusionMatrix;
import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.translate.Transform;
import dev.medzoo.zoo.ArtifactContent;
import dev.medzoo.zoo.dcnn.Dcnn;
import dev.medzoo.zoo.dcnn.DcnnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    private final Transform transform;
    private final BatchLoader loader;
    private final Sampler sampler;
    private final int stepsPerEpoch;
    private final Learner learner;

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
        state = new Checkpoint.State(recipeSha256, 0, 0, List.of());
        transform = Transform.square(recipe.inputSide());
        loader = new BatchLoader(new PictureReader(DECODED_BYTES), transform);
        sampler = new Sampler(data.split("train"), recipe.balance());
        stepsPerEpoch = sampler.epoch(new Random(0)).size() / recipe.batchSize();
        if (stepsPerEpoch == 0) {
            throw new IllegalArgumentException(
                    "batchSize: %d (expected: at most the %d pictures of train)"
                            .formatted(recipe.batchSize(), data.split("train").size()));
        }
        DcnnConfig config = DcnnConfig.published(transform.crop(), data.labels().size());
        learner = new Learner(recipe, config, parent, device, stepsPerEpoch * recipe.epochs());
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
        learner.restore(checkpoint);
        progress.note("resumed after epoch " + state.epochs().size());
    }

    /** Trains until the last epoch or until patience ends, and leaves the best epoch's weights. */
    void run() throws IOException, MalformedModelException {
        while (!isDone()) {
            long begun = System.nanoTime();
            EpochReport report = epoch(state.epochs().size() + 1);
            keep(report, (System.nanoTime() - begun) / 60e9);
            progress.epoch(report);
        }
        learner.restoreAveraged(bestWeights);
    }

    private boolean isDone() {
        int epochs = state.epochs().size();
        boolean patienceEnded = epochs - state.bestEpoch() >= recipe.patience();
        return epochs >= recipe.epochs() || (epochs > 0 && patienceEnded);
    }

    private EpochReport epoch(int epoch) {
        long seed = recipe.seed() * 1_000_003 + epoch;
        Engine.getEngine("PyTorch").setRandomSeed((int) seed);
        List<LabelledPicture> drawn =
                sampler.epoch(new Random(seed)).subList(0, stepsPerEpoch * recipe.batchSize());
        long begun = System.nanoTime();
        long asked = begun;
        long waited = 0;
        double lossSum = 0;
        int done = 0;
        for (Batch batch :
                loader.batches(drawn, recipe.batchSize(), recipe.augmentation(), seed << 24)) {
            waited += System.nanoTime() - asked;
            lossSum += learner.step(batch) * batch.size();
            done += batch.size();
            tell(epoch, done, drawn.size(), lossSum / done, begun);
            asked = System.nanoTime();
        }
        double seconds = secondsSince(begun);
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

    private void tell(int epoch, int done, int all, double loss, long begun) {
        double rate = done / secondsSince(begun);
        double left = ((double) all * (recipe.epochs() - epoch) + all - done) / rate;
        progress.step(
                new StepReport(
                        epoch,
                        recipe.epochs(),
                        done,
                        all,
                        loss,
                        rate,
                        Duration.ofSeconds((long) left)));
    }

    private void keep(EpochReport report, double minutes) throws IOException {
        List<EpochReport> epochs = new ArrayList<>(state.epochs());
        epochs.add(report);
        boolean better = report.macroF1() > state.bestMacroF1();
        if (better) {
            bestWeights = learner.averagedWeights();
        }
        state =
                new Checkpoint.State(
                        state.recipeSha256(),
                        better ? report.epoch() : state.bestEpoch(),
                        state.minutes() + minutes,
                        epochs);
        learner.checkpoint(state, bestWeights).write(checkpointFile);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** The network's verdicts on {@code val}. */
    Scores scoreVal() {
        return learner.scorer().score(loader, data.split("val"));
    }

    /** The averaged network; after {@link #run}, with the best epoch's weights. */
    Dcnn network() {
        return learner.averaged();
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
        learner.close();
    }
}
