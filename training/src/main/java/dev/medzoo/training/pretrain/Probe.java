package dev.medzoo.training.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.medzoo.training.data.Augmentation;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.measure.ConfusionMatrix;
import dev.medzoo.translate.InputSize;
import dev.medzoo.translate.Transform;
import dev.medzoo.zoo.dcnn.Dcnn;
import dev.medzoo.zoo.dcnn.DcnnConfig;
import java.util.List;

/**
 * What a network's pooled features are worth without training it further: how well the nearest
 * neighbours among {@code train}, and a linear classifier fitted on {@code train}, name the classes
 * of {@code val}. It is the one place of pre-training that reads labels, and nothing is learnt from
 * it.
 */
public final class Probe {
    private static final int SIDE = 96;
    private static final int BATCH = 64;

    private Probe() {}

    /**
     * The two figures.
     *
     * @param of which network: a backbone's name or {@code random}
     * @param dataSet whose {@code val} was named
     * @param knn balanced accuracy of the 20 nearest neighbours' weighted vote
     * @param linear balanced accuracy of a linear classifier
     */
    public record Result(String of, String dataSet, double knn, double linear) {}

    /** Probes a network; its weights are copied, not touched. */
    public static Result of(String name, Dcnn trained, PictureSet data, NDManager parent) {
        List<LabelledPicture> train = data.split("train");
        List<LabelledPicture> val = data.split("val");
        Transform transform = Transform.square(SIDE);
        DcnnConfig config = trained.config().withInput(new InputSize(SIDE, SIDE));
        try (NDManager manager = parent.newSubManager();
                BatchLoader loader = new BatchLoader(new PictureReader(0), transform)) {
            Dcnn network = new Dcnn(config);
            network.initialize(manager, 0);
            network.copyFrom(trained);
            double[][] known = features(network, train, loader, manager);
            double[][] asked = features(network, val, loader, manager);
            FeatureScale scale = FeatureScale.of(known);
            scale.apply(known);
            scale.apply(asked);
            int classes = data.labels().size();
            int[] labels = labels(train);
            NearestNeighbours neighbours = new NearestNeighbours(known, labels, classes);
            LinearClassifier linear = LinearClassifier.fit(known, labels, classes);
            ConfusionMatrix byNeighbours = new ConfusionMatrix(classes);
            ConfusionMatrix byLine = new ConfusionMatrix(classes);
            for (int i = 0; i < asked.length; i++) {
                byNeighbours.add(val.get(i).label(), neighbours.name(asked[i]));
                byLine.add(val.get(i).label(), linear.name(asked[i]));
            }
            return new Result(
                    name, data.name(), byNeighbours.balancedAccuracy(), byLine.balancedAccuracy());
        }
    }

    private static int[] labels(List<LabelledPicture> pictures) {
        return pictures.stream().mapToInt(LabelledPicture::label).toArray();
    }

    private static double[][] features(
            Dcnn network, List<LabelledPicture> pictures, BatchLoader loader, NDManager manager) {
        ParameterStore store = new ParameterStore(manager, false);
        double[][] features = new double[pictures.size()][];
        int next = 0;
        for (Batch batch : loader.batches(pictures, BATCH, Augmentation.none(), 0)) {
            try (NDManager scratch = manager.newSubManager()) {
                NDArray inputs = scratch.create(batch.inputs, network.inputShape(batch.size()));
                NDArray pooled = network.forward(store, new NDList(inputs), false).get(1);
                float[] flat = pooled.toFloatArray();
                int width = flat.length / batch.size();
                for (int i = 0; i < batch.size(); i++) {
                    double[] row = new double[width];
                    for (int j = 0; j < width; j++) {
                        row[j] = flat[i * width + j];
                    }
                    features[next++] = row;
                }
            }
        }
        return features;
    }
}
