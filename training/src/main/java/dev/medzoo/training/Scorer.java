package dev.medzoo.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.medzoo.training.data.Augmentation;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.zoo.dcnn.Dcnn;
import java.util.ArrayList;
import java.util.List;

/** Runs a network over pictures as serving does: no augmentation, no dropout. */
final class Scorer {
    private static final int BATCH_SIZE = 32;

    private final Dcnn network;
    private final NDManager manager;
    private final ParameterStore store;

    Scorer(Dcnn network, NDManager manager) {
        this.network = network;
        this.manager = manager;
        store = new ParameterStore(manager, false);
    }

    Scores score(BatchLoader loader, List<LabelledPicture> pictures) {
        int classes = network.config().classes();
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (Batch batch : loader.batches(pictures, BATCH_SIZE, Augmentation.none(), 0)) {
            float[] flat = logits(batch.inputs, batch.size());
            for (int i = 0; i < batch.size(); i++) {
                truth.add(batch.pictures.get(i).label());
                groups.add(batch.pictures.get(i).group());
                double[] of = new double[classes];
                for (int label = 0; label < classes; label++) {
                    of[label] = flat[i * classes + label];
                }
                logits.add(of);
            }
        }
        return new Scores(classes, truth, groups, logits);
    }

    /**
     * One forward pass.
     *
     * @param inputs float32 (batch, 3, height, width), normalised
     * @return (batch, classes), row by row
     */
    float[] logits(float[] inputs, int batch) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray pictures = scratch.create(inputs, network.inputShape(batch));
            return network.forward(store, new NDList(pictures), false).head().toFloatArray();
        }
    }
}
