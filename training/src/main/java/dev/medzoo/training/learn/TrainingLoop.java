package dev.medzoo.training.learn;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.data.SetsSampler;
import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.measure.Temperature;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.measure.ConfusionMatrix;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One training run: supervised, from scratch or from another model's weights, on the {@code train}
 * pictures, judged after every round of steps on {@code val}.
 *
 * <p>Two runs of one recipe on one machine give the same curve, and so does a run that was stopped
 * and resumed: everything random follows from the recipe's seed and the round.
 */
public final class TrainingLoop implements AutoCloseable {
    private final Recipe recipe;
    private final PictureSets data;
    private final @Nullable Path checkpointFile;
    private final TrainingProgress progress;
    private final Transform transform;
    private final BatchLoader loader;
    private final SetsSampler sampler;
    private final Learner learner;

    private Checkpoint.State state;
    private byte[] bestWeights = {};

    /**
     * Prepares a run.
     *
     * @param recipeSha256 of the recipe's text
     * @param data with the splits {@code train} and {@code val}
     * @param reader of the pictures, which may know some of them from an earlier run
     * @param parent weights to start from, or null for random ones
     * @param checkpointFile written after every round, or null for none
     * @param devices that learn; each takes its share of every batch
     */
    public TrainingLoop(
            Recipe recipe,
            String recipeSha256,
            PictureSets data,
            PictureReader reader,
            @Nullable StartingWeights parent,
            @Nullable Path checkpointFile,
            List<Device> devices,
            TrainingProgress progress)
            throws IOException, MalformedModelException {
        this.recipe = recipe;
        this.data = data;
        this.checkpointFile = checkpointFile;
        this.progress = progress;
        state = new Checkpoint.State(recipeSha256, 0, 0, 0, List.of());
        transform = recipe.transform();
        loader = new BatchLoader(reader, transform);
        sampler = new SetsSampler(data, recipe.balance(), recipe.seed());
        BlockConfig config =
                recipe.networkType()
                        .usual(transform.crop(), data.labels().size())
                        .withFlips(Boolean.TRUE.equals(recipe.flips()));
        learner = new Learner(recipe, config, parent, devices);
    }

    /**
     * Resumes from the checkpoint file, if it exists.
     *
     * @throws IllegalArgumentException when it belongs to another recipe
     */
    public void resume() throws IOException, MalformedModelException {
        if (checkpointFile == null || !Files.exists(checkpointFile)) {
            progress.note("no checkpoint yet: starting at the first step");
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
        progress.note("resumed after step " + state.rounds().size() * recipe.judgeEvery());
    }

    /** Trains to the last step or until early stopping, and restores the best round's weights. */
    public void run() throws IOException, MalformedModelException {
        while (!isDone()) {
            long begun = System.nanoTime();
            double coreHours = ProcessorTime.hours();
            RoundReport report = round(state.rounds().size() + 1);
            double minutes = (System.nanoTime() - begun) / 60e9;
            keep(report, minutes, ProcessorTime.hours() - coreHours);
            progress.round(report);
        }
        learner.restoreAveraged(bestWeights);
    }

    private boolean isDone() {
        int rounds = state.rounds().size();
        boolean patienceEnded = rounds - state.bestRound() >= recipe.patience();
        return rounds * recipe.judgeEvery() >= recipe.steps() || (rounds > 0 && patienceEnded);
    }

    private RoundReport round(int round) {
        long seed = recipe.seed() * 1_000_003 + round;
        Engine.getEngine("PyTorch").setRandomSeed((int) seed);
        int size = recipe.judgeEvery() * recipe.batchSize();
        List<LabelledPicture> drawn = sampler.round(round - 1, size);
        int step = (round - 1) * recipe.judgeEvery();
        Pass pass =
                Pass.over(
                        loader.batches(
                                drawn, recipe.batchSize(), recipe.augmentation(), seed << 24),
                        learner::step,
                        (done, loss, seconds) -> report(round, step + done, loss, done / seconds));
        Scores scores = score("val");
        ConfusionMatrix confusion = Measures.confusion(scores, Measures.all(scores));
        return new RoundReport(
                round,
                step + pass.steps(),
                pass.loss(),
                confusion.macroF1(),
                confusion.balancedAccuracy(),
                confusion.accuracy(),
                Temperature.loss(scores, 1),
                size / pass.seconds(),
                pass.waiting());
    }

    private void report(int round, int step, double loss, double stepsPerSecond) {
        Duration left = Duration.ofSeconds((long) ((recipe.steps() - step) / stepsPerSecond));
        double rate = stepsPerSecond * recipe.batchSize();
        progress.step(new StepReport(step, recipe.steps(), round, loss, rate, left));
    }

    private void keep(RoundReport report, double minutes, double coreHours) throws IOException {
        List<RoundReport> rounds = new ArrayList<>(state.rounds());
        rounds.add(report);
        boolean better = state.isBetter(report, recipe.chosenBy());
        if (better) {
            bestWeights = learner.averagedWeights();
        }
        state =
                new Checkpoint.State(
                        state.recipeSha256(),
                        better ? report.round() : state.bestRound(),
                        state.minutes() + minutes,
                        state.coreHours() + coreHours,
                        rounds);
        if (checkpointFile != null) {
            learner.checkpoint(state, bestWeights).write(checkpointFile);
        }
    }

    /** Scores the averaged network on a split. Training itself only uses {@code val}. */
    public Scores score(String split) {
        return learner.scorer().verdicts(loader, data.split(split));
    }

    /** Whatever is asked of the averaged network's judge, with the pictures' loader. */
    public <T> T scored(BiFunction<Scorer, BatchLoader, T> score) {
        return score.apply(learner.scorer(), loader);
    }

    /** The averaged network; after {@link #run}, with the best round's weights. */
    public Network network() {
        return learner.averaged();
    }

    /** The preprocessing of pictures. */
    public Transform transform() {
        return transform;
    }

    /** One point a round. */
    public List<RoundReport> curve() {
        return state.rounds();
    }

    /** The round whose weights were kept, from 1. */
    public int bestRound() {
        return state.bestRound();
    }

    /** Minutes that it took, those before it was resumed among them. */
    public double minutes() {
        return state.minutes();
    }

    /** What it took, before it was resumed too. */
    public ModelCard.Cost cost() {
        long steps = (long) state.rounds().size() * recipe.judgeEvery();
        return new ModelCard.Cost(
                state.coreHours(), steps * recipe.batchSize(), ProcessorTime.machine());
    }

    @Override
    public void close() {
        loader.close();
        learner.close();
    }
}
