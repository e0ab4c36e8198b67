package dev.medzoo.training.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.medzoo.training.data.Augmentation;
import dev.medzoo.training.data.BatchArray;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.zoo.dcnn.Dcnn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Runs a network over pictures as serving does: no augmentation, no dropout. */
public final class Scorer {
    private static final int BATCH_SIZE = 32;

    private final Dcnn network;
    private final NDManager manager;
    private final ParameterStore store;
    private final BatchArray pictures = new BatchArray();

    /**
     * @param network whose parameters lie on the manager's device
     * @param manager open as long as it scores
     */
    public Scorer(Dcnn network, NDManager manager) {
        this.network = network;
        this.manager = manager;
        store = new ParameterStore(manager, false);
    }

    /** Scores all of the pictures, in their order. */
    public Scores score(BatchLoader loader, List<LabelledPicture> pictures) {
        int classes = network.config().classes();
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        List<float[]> features = new ArrayList<>();
        for (Batch batch : loader.batches(pictures, BATCH_SIZE, Augmentation.none(), 0)) {
            for (LabelledPicture picture : batch.pictures) {
                truth.add(picture.label());
                groups.add(picture.group());
            }
            Outputs outputs = forward(batch.inputs, batch.size());
            for (float[] row : rows(outputs.logits, batch.size())) {
                double[] wide = new double[classes];
                Arrays.setAll(wide, label -> row[label]);
                logits.add(wide);
            }
            features.addAll(rows(outputs.features, batch.size()));
        }
        return new Scores(classes, truth, groups, logits, features);
    }

    /** Scores a split of each data set that has it. */
    public List<Scores> scoreSets(BatchLoader loader, PictureSets sets, String split) {
        return sets.with(split).stream().map(set -> score(loader, set.split(split))).toList();
    }

    /** Scores at most so many of the pictures, evenly spread among them. */
    public Scores scoreSome(BatchLoader loader, List<LabelledPicture> pictures, int atMost) {
        int count = Math.min(atMost, pictures.size());
        return score(
                loader,
                IntStream.range(0, count)
                        .mapToObj(i -> pictures.get((int) ((long) i * pictures.size() / count)))
                        .toList());
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
            NDArray seen = pictures.of(inputs, 0, network.inputShape(batch), scratch);
            NDList outputs = network.forward(store, new NDList(seen), false);
            return new Outputs(outputs.get(0).toFloatArray(), outputs.get(1).toFloatArray());
        }
    }

    private static List<float[]> rows(float[] flat, int rows) {
        int width = flat.length / rows;
        return IntStream.range(0, rows)
                .mapToObj(row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width))
                .toList();
    }

    /** What the network gave for a batch, each (batch, …), row by row. */
    private static final class Outputs {
        final float[] logits;
        final float[] features;

        Outputs(float[] logits, float[] features) {
            this.logits = logits;
            this.features = features;
        }
    }
}
