package dev.medzoo.training.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.medzoo.training.data.Augmentation;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.BatchLoader.Batch;
import dev.medzoo.training.data.GroupFolds;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.translate.transform.Transform.Fit;
import dev.medzoo.zoo.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network's pooled features are worth without training it further: how well the nearest
 * neighbours among {@code train}, and a linear classifier fitted on {@code train}, name the classes
 * of {@code val}. It is the one place of pre-training that reads labels, and nothing is learnt from
 * it.
 */
public final class Probe {
    private static final int SIDE = 96;
    private static final int BATCH = 64;
    private static final int FOLDS = 5;

    private Probe() {}

    /**
     * The figures, all balanced accuracies.
     *
     * @param of which network: a backbone's name or {@code random}
     * @param dataSet whose pictures were named
     * @param knn of {@code val}, by the weighted vote of the 20 nearest neighbours in {@code train}
     * @param linear of {@code val}, by a linear classifier fitted on {@code train}
     * @param knnAcrossGroups of all of {@code train} and {@code val}, each fifth of the groups
     *     named from the other four: {@code val} alone may be a single slide
     * @param linearAcrossGroups the same for the linear classifier
     * @param nearestInGroup share of pictures whose nearest neighbour, those cut from the same
     *     picture left out, is of the same group: what the features know of a slide's stain or a
     *     camera's colours; null in the first backbones
     */
    public record Result(
            String of,
            String dataSet,
            double knn,
            double linear,
            double knnAcrossGroups,
            double linearAcrossGroups,
            @Nullable Double nearestInGroup) {}

    /**
     * Probes a network; its weights are copied, not touched.
     *
     * @param data in the form in which the network is to see it
     * @param fit of its pictures to the square; one network is no better than another because of it
     */
    public static Result of(
            String name, Network trained, PictureSet data, Fit fit, NDManager parent) {
        List<LabelledPicture> pictures = new ArrayList<>(data.split("train"));
        int train = pictures.size();
        pictures.addAll(data.split("val"));
        double[][] features =
                features(trained, pictures, Transform.square(SIDE, fit, null), parent);
        int[] labels = pictures.stream().mapToInt(LabelledPicture::label).toArray();
        int classes = data.labels().size();

        ProbeScores onVal = new ProbeScores(classes);
        onVal.add(features, labels, i -> i >= train);
        ProbeScores across = new ProbeScores(classes);
        int[] fold =
                GroupFolds.inTurn(pictures.stream().map(LabelledPicture::group).toList(), FOLDS);
        for (int k = 0; k < FOLDS; k++) {
            int held = k;
            across.add(features, labels, i -> fold[i] == held);
        }
        return new Result(
                name,
                data.name(),
                onVal.knn(),
                onVal.linear(),
                across.knn(),
                across.linear(),
                nearestInGroup(features, pictures));
    }

    /**
     * Balanced accuracy on {@code val} of a linear classifier fitted on {@code train}, which is all
     * that is learnt.
     *
     * @param trained network that gives the features; its weights are copied, not touched
     * @param transform of the pictures for it
     */
    public static double linearOnVal(
            Network trained, PictureSet data, Transform transform, NDManager parent) {
        List<LabelledPicture> pictures = new ArrayList<>(data.split("train"));
        int train = pictures.size();
        pictures.addAll(data.split("val"));
        ProbeScores onVal = new ProbeScores(data.labels().size());
        onVal.add(
                features(trained, pictures, transform, parent),
                pictures.stream().mapToInt(LabelledPicture::label).toArray(),
                i -> i >= train);
        return onVal.linear();
    }

    private static double nearestInGroup(double[][] features, List<LabelledPicture> pictures) {
        FeatureScale scale = FeatureScale.of(List.of(features));
        double[][] rows = Arrays.stream(features).map(scale::apply).toArray(double[][]::new);
        int same = 0;
        for (int i = 0; i < rows.length; i++) {
            LabelledPicture picture = pictures.get(i);
            int nearest =
                    NearestNeighbours.nearest(
                            rows, i, j -> pictures.get(j).source().equals(picture.source()));
            same += nearest >= 0 && pictures.get(nearest).group().equals(picture.group()) ? 1 : 0;
        }
        return (double) same / rows.length;
    }

    private static double[][] features(
            Network trained,
            List<LabelledPicture> pictures,
            Transform transform,
            NDManager parent) {
        try (NDManager manager = parent.newSubManager();
                BatchLoader loader = new BatchLoader(new PictureReader(0), transform)) {
            Network network = trained.copy(transform.crop(), manager);
            return features(network, pictures, loader, manager);
        }
    }

    private static double[][] features(
            Network network,
            List<LabelledPicture> pictures,
            BatchLoader loader,
            NDManager manager) {
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
