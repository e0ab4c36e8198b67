package dev.medzoo.training.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.medzoo.training.data.Augmentation;
import dev.medzoo.training.data.BatchArray;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.PictureStatistics;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.NetworkConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs a network over pictures as serving does: no augmentation, no dropout. */
public final class Scorer {
    private static final int BATCH_SIZE = 32;

    private final Block network;
    private final NetworkConfig config;
    private final NDManager manager;
    private final ParameterStore store;
    private final BatchArray pictures = new BatchArray();

    /**
     * @param network whose parameters lie on the manager's device
     * @param manager open as long as it scores
     */
    public Scorer(Network network, NDManager manager) {
        this(network, network.config(), manager);
    }

    /**
     * @param network that gives what a {@link Network} gives, or logits alone, by whatever computes
     *     it
     * @param config of the network
     * @param manager of its arrays, open as long as it scores
     */
    public Scorer(Block network, NetworkConfig config, NDManager manager) {
        this.network = network;
        this.config = config;
        this.manager = manager;
        store = new ParameterStore(manager, false);
    }

    /**
     * The verdicts on all of the pictures, in their order, without what the pictures look like: all
     * that a round of training asks for.
     */
    public Scores verdicts(BatchLoader loader, List<LabelledPicture> pictures) {
        return of(loader, pictures, false);
    }

    /** Scores all of the pictures, in their order. */
    public Scores score(BatchLoader loader, List<LabelledPicture> pictures) {
        return of(loader, pictures, true);
    }

    private Scores of(BatchLoader loader, List<LabelledPicture> pictures, boolean isLookedAt) {
        Said said = new Said(config.classes());
        for (Batch batch : loader.batches(pictures, BATCH_SIZE, Augmentation.none(), 0)) {
            for (LabelledPicture picture : batch.pictures) {
                said.truth.add(picture.label());
                said.groups.add(picture.group());
            }
            said.add(forward(batch.inputs, batch.size()));
            if (isLookedAt) {
                said.look(batch.inputs, batch.size(), loader.transform());
            }
        }
        return said.scores();
    }

    /**
     * Scores pictures that are of no label and stand each for itself.
     *
     * @param name of their groups, with a number behind it
     */
    public Scores score(String name, List<RgbPicture> pictures, Transform transform) {
        Said said = new Said(config.classes());
        for (int from = 0; from < pictures.size(); from += BATCH_SIZE) {
            int to = Math.min(from + BATCH_SIZE, pictures.size());
            FloatBuffer inputs = FloatBuffer.allocate((to - from) * size(transform));
            for (int i = from; i < to; i++) {
                said.truth.add(0);
                said.groups.add(name + " " + i);
                inputs.put(transform.apply(pictures.get(i)));
            }
            said.add(forward(inputs.array(), to - from));
            said.look(inputs.array(), to - from, transform);
        }
        return said.scores();
    }

    private static int size(Transform transform) {
        return 3 * transform.crop().width() * transform.crop().height();
    }

    /** Scores a split of each data set that has it. */
    public List<Scores> scoreSets(BatchLoader loader, PictureSets sets, String split) {
        return sets.with(split).stream().map(set -> score(loader, set.split(split))).toList();
    }

    /** Scores at most so many of the pictures, evenly spread among them. */
    public Scores scoreSome(BatchLoader loader, List<LabelledPicture> pictures, int atMost) {
        return score(loader, some(pictures, atMost));
    }

    private static List<LabelledPicture> some(List<LabelledPicture> pictures, int atMost) {
        int count = Math.min(atMost, pictures.size());
        return IntStream.range(0, count)
                .mapToObj(i -> pictures.get((int) ((long) i * pictures.size() / count)))
                .toList();
    }

    /**
     * What the network is given for at most so many of the pictures, evenly spread among them.
     *
     * @return float32 (3, height, width) each
     */
    public static List<float[]> inputs(
            BatchLoader loader, List<LabelledPicture> pictures, int atMost) {
        List<float[]> inputs = new ArrayList<>();
        List<LabelledPicture> some = some(pictures, atMost);
        for (Batch batch : loader.batches(some, BATCH_SIZE, Augmentation.none(), 0)) {
            inputs.addAll(rows(batch.inputs, batch.size()));
        }
        return inputs;
    }

    /**
     * One forward pass.
     *
     * @param inputs float32 (batch, 3, height, width), normalised
     * @return (batch, classes), row by row
     */
    public float[] logits(float[] inputs, int batch) {
        return forward(inputs, batch).logits;
    }

    private Outputs forward(float[] inputs, int batch) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray seen = pictures.of(inputs, 0, shape(batch), scratch);
            NDList outputs = network.forward(store, new NDList(seen), false);
            float[] features = outputs.size() < 2 ? null : outputs.get(1).toFloatArray();
            return new Outputs(batch, outputs.get(0).toFloatArray(), features);
        }
    }

    private Shape shape(int batch) {
        return new Shape(batch, 3, config.input().height(), config.input().width());
    }

    private static List<float[]> rows(float[] flat, int rows) {
        int width = flat.length / rows;
        return IntStream.range(0, rows)
                .mapToObj(row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width))
                .toList();
    }

    /** What is known of the pictures so far, one entry each. */
    private static final class Said {
        final int classes;
        final List<Integer> truth = new ArrayList<>();
        final List<String> groups = new ArrayList<>();
        final List<double[]> logits = new ArrayList<>();
        final List<float[]> features = new ArrayList<>();
        final List<PictureStatistics> pictures = new ArrayList<>();

        Said(int classes) {
            this.classes = classes;
        }

        void add(Outputs outputs) {
            for (float[] row : rows(outputs.logits, outputs.count)) {
                double[] wide = new double[row.length];
                Arrays.setAll(wide, label -> row[label]);
                logits.add(wide);
            }
            if (outputs.features != null) {
                features.addAll(rows(outputs.features, outputs.count));
            }
        }

        void look(float[] inputs, int count, Transform transform) {
            for (float[] row : rows(inputs, count)) {
                NetworkInput input = new NetworkInput(transform.crop(), row);
                pictures.add(PictureStatistics.of(input, transform));
            }
        }

        Scores scores() {
            return new Scores(classes, truth, groups, logits, features, pictures);
        }
    }

    /** What the network gave for a batch, each (batch, …), row by row. */
    private static final class Outputs {
        final int count;
        final float[] logits;
        final float @Nullable [] features;

        Outputs(int count, float[] logits, float @Nullable [] features) {
            this.count = count;
            this.logits = logits;
            this.features = features;
        }
    }
}
