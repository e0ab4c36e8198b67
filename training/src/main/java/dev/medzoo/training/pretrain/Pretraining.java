package dev.medzoo.training.pretrain;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.training.data.BatchArray;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.training.data.PicturePool;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.learn.AdamW;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.learn.OneCycle;
import dev.medzoo.training.learn.PartsFile;
import dev.medzoo.training.learn.Pass;
import dev.medzoo.training.learn.ProcessorTime;
import dev.medzoo.translate.EngineDefaults;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.NetworkType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One pre-training run. Every picture of the pool is seen twice a step, in two random variants, and
 * the network learns to tell that they are one picture.
 *
 * <p>Two runs of one recipe on one machine give the same weights, and so does a run that was
 * stopped and resumed.
 */
final class Pretraining implements AutoCloseable {
    private static final long DECODED_BYTES = 3L << 29;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The head is not trained; a network must have one. */
    private static final int UNUSED_CLASSES = 2;

    private final PretrainRecipe recipe;
    private final PicturePool pool;
    private final Path checkpoint;
    private final GracefulStop stop;
    private final Consumer<Step> stepped;
    private final Consumer<Epoch> progress;
    private final BatchArray pictures = new BatchArray();
    private final NDManager manager;
    private final ParameterStore store;
    private final Network network;
    private final Objective objective;
    private final Block projector;
    private final AdamW optimiser;
    private final OneCycle schedule;
    private final BatchLoader loader;
    private final int steps;
    private final List<Double> losses = new ArrayList<>();
    private double minutes;
    private double coreHours;

    /**
     * What a checkpoint says beside the weights.
     *
     * @param losses of the epochs so far
     * @param minutes that they took
     * @param coreHours of processor time that they took
     */
    record State(List<Double> losses, double minutes, double coreHours) {}

    /**
     * How far a pass over the pool is.
     *
     * @param epoch from 1
     * @param epochs all
     * @param step of the epoch, from 1
     * @param steps of an epoch
     * @param loss mean over the steps of this epoch so far
     * @param picturesPerSecond each counted once, though seen twice
     */
    record Step(
            int epoch, int epochs, int step, int steps, double loss, double picturesPerSecond) {}

    /**
     * What one pass over the pool came to.
     *
     * @param number from 1
     * @param of all
     * @param loss mean over the steps
     * @param picturesPerSecond each counted once, though seen twice
     * @param waiting share of the time that the network waited for pictures
     */
    record Epoch(int number, int of, double loss, double picturesPerSecond, double waiting) {}

    /**
     * @param checkpoint file written after every epoch
     */
    Pretraining(
            PretrainRecipe recipe,
            PicturePool pool,
            Path checkpoint,
            Device device,
            GracefulStop stop,
            Consumer<Step> stepped,
            Consumer<Epoch> progress) {
        EngineDefaults.set();
        this.recipe = recipe;
        this.pool = pool;
        this.checkpoint = checkpoint;
        this.stop = stop;
        this.stepped = stepped;
        this.progress = progress;
        manager = NDManager.newBaseManager(device, "PyTorch");
        store = new ParameterStore(manager, false);
        network = new Network(config(recipe));
        network.initialize(manager, recipe.seed());
        network.freeze(0);
        if (recipe.precision().isBFloat16()) {
            network.computeInBFloat16(manager);
        }
        objective = recipe.objective().objective();
        Engine.getEngine("PyTorch").setRandomSeed((int) recipe.seed());
        projector = Projector.of(features(), objective.width(), manager);
        optimiser = new AdamW(manager, trained(), recipe.optimiser());
        steps = pool.pictures().size() / recipe.batchSize();
        if (steps == 0) {
            throw new IllegalArgumentException(
                    "batchSize: %d (expected: at most the %d pictures of the pool)"
                            .formatted(recipe.batchSize(), pool.pictures().size()));
        }
        int all = steps * recipe.epochs();
        int warmUp = (int) (all * recipe.optimiser().warmUp());
        schedule = new OneCycle(recipe.optimiser().peakLearningRate(), warmUp, all);
        loader = new BatchLoader(new PictureReader(DECODED_BYTES), recipe.transform());
    }

    static BlockConfig config(PretrainRecipe recipe) {
        InputSize side = new InputSize(recipe.inputSide(), recipe.inputSide());
        return NetworkType.DCNN.usual(side, UNUSED_CLASSES);
    }

    private Shape[] inputShape() {
        return new Shape[] {network.inputShape(2)};
    }

    private List<Parameter> trained() {
        Set<Parameter> head = new HashSet<>(network.headParameters());
        List<Parameter> trained = new ArrayList<>();
        for (Parameter parameter : network.getParameters().values()) {
            if (parameter.requiresGradient() && !head.contains(parameter)) {
                trained.add(parameter);
            }
        }
        for (Parameter parameter : projector.getParameters().values()) {
            if (parameter.requiresGradient()) {
                trained.add(parameter);
            }
        }
        return trained;
    }

    /** Trains to the last epoch, from the checkpoint if there is one. */
    void run() throws IOException, MalformedModelException {
        if (Files.exists(checkpoint)) {
            restore();
        }
        while (losses.size() < recipe.epochs()) {
            long begun = System.nanoTime();
            double coreHoursBefore = ProcessorTime.hours();
            Epoch epoch = epoch(losses.size() + 1);
            losses.add(epoch.loss());
            minutes += (System.nanoTime() - begun) / 60e9;
            coreHours += ProcessorTime.hours() - coreHoursBefore;
            save();
            progress.accept(epoch);
        }
    }

    private Epoch epoch(int number) {
        long seed = recipe.seed() * 1_000_003 + number;
        List<LabelledPicture> views = views(new Random(seed));
        int viewsPerStep = 2 * recipe.batchSize();
        Pass pass =
                Pass.over(
                        loader.batches(views, viewsPerStep, recipe.views(), seed << 24),
                        this::step,
                        (done, loss, seconds) -> report(number, done, loss, seconds));
        double rate = (double) steps * recipe.batchSize() / pass.seconds();
        return new Epoch(number, recipe.epochs(), pass.loss(), rate, pass.waiting());
    }

    private void report(int epoch, int done, double loss, double seconds) {
        double rate = done * recipe.batchSize() / seconds;
        stepped.accept(new Step(epoch, recipe.epochs(), done, steps, loss, rate));
    }

    /** Every picture twice in a row, the pictures in a random order. */
    private List<LabelledPicture> views(Random random) {
        List<LabelledPicture> order = order(random);
        List<LabelledPicture> views = new ArrayList<>();
        for (LabelledPicture picture : order.subList(0, steps * recipe.batchSize())) {
            views.add(picture);
            views.add(picture);
        }
        return views;
    }

    /** All pictures in a random order, or in one that keeps some of each group together. */
    private List<LabelledPicture> order(Random random) {
        List<LabelledPicture> order = new ArrayList<>(pool.pictures());
        Collections.shuffle(order, random);
        Integer groups = recipe.groupsPerBatch();
        return groups == null ? order : GroupedOrder.of(order, recipe.batchSize() / groups, random);
    }

    private double step(Batch batch) {
        stop.check();
        try (NDManager scratch = manager.newSubManager()) {
            NDArray loss;
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                loss = loss(batch, scratch);
                collector.backward(loss);
            }
            double rate = schedule.at(optimiser.steps());
            optimiser.step(parameter -> rate);
            return loss.getFloat();
        }
    }

    private NDArray loss(Batch batch, NDManager scratch) {
        // What lies between is let go at once; what the gradient needs of it, the engine keeps.
        try (NDManager forward = scratch.newSubManager()) {
            Shape shape = network.inputShape(batch.size());
            NDArray seen = pictures.of(batch.inputs, 0, shape, forward);
            NDArray pooled = network.forward(store, new NDList(seen), true).get(1);
            NDList projected = projector.forward(store, new NDList(pooled), true);
            NDArray loss = objective.loss(projected.singletonOrThrow());
            loss.attach(scratch);
            return loss;
        }
    }

    private void save() throws IOException {
        PartsFile.write(
                checkpoint,
                List.of(
                        JSON.writeValueAsBytes(new State(losses, minutes, coreHours)),
                        PartsFile.bytes(network::saveParameters),
                        PartsFile.bytes(projector::saveParameters),
                        PartsFile.bytes(optimiser::save)));
    }

    private void restore() throws IOException, MalformedModelException {
        List<byte[]> parts = PartsFile.read(checkpoint, 4);
        State state = JSON.readValue(parts.get(0), State.class);
        losses.addAll(state.losses());
        minutes = state.minutes();
        coreHours = state.coreHours();
        try (NDManager scratch = manager.newSubManager()) {
            Network saved = new Network(network.config());
            saved.loadParameters(scratch, PartsFile.stream(parts.get(1)));
            network.copyFrom(saved);
            Block projection = Projector.of(features(), objective.width(), scratch);
            projection.loadParameters(scratch, PartsFile.stream(parts.get(2)));
            for (int i = 0; i < projector.getParameters().size(); i++) {
                NDArray from = projection.getParameters().valueAt(i).getArray();
                from.copyTo(projector.getParameters().valueAt(i).getArray());
            }
        }
        optimiser.load(PartsFile.stream(parts.get(3)));
    }

    private int features() {
        return Math.toIntExact(network.getOutputShapes(inputShape())[1].get(1));
    }

    Network network() {
        return network;
    }

    NDManager manager() {
        return manager;
    }

    List<Double> losses() {
        return losses;
    }

    double minutes() {
        return minutes;
    }

    /** What it took, before it was resumed too; a picture counts once for each of its views. */
    ModelCard.Cost cost() {
        long views = 2L * losses.size() * steps * recipe.batchSize();
        return new ModelCard.Cost(coreHours, views, ProcessorTime.machine());
    }

    @Override
    public void close() {
        loader.close();
        manager.close();
    }
}
