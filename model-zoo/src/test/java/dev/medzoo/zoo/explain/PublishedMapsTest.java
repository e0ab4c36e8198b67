package dev.medzoo.zoo.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.ClassifierHead;
import dev.medzoo.zoo.network.LayerGradient;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What maps hold to with the weights of published models, on their drawn pictures. */
@Tag("slow")
class PublishedMapsTest {
    private static final VerifiedStore STORE = VerifiedStore.of(Store.open("../model-store"));

    /** What a map of a network that learnt nothing may have in common with the trained one's. */
    private static final double MOST_ALIKE = 0.5;

    private static ArtifactContent content(String model) throws Exception {
        return STORE.artifact(STORE.index().resolve(ModelReference.parse(model))).content();
    }

    private static List<NetworkInput> pictures(ArtifactContent content) throws Exception {
        Golden golden = Golden.parse(content.file(ArtifactFiles.GOLDEN), "store");
        List<NetworkInput> pictures = new ArrayList<>();
        for (Golden.Case each : golden.cases()) {
            pictures.add(
                    NetworkInput.of(
                            content.file(ArtifactFiles.GOLDEN_FOLDER + each.picture()),
                            new PictureDecoder(),
                            PictureOptions.USUAL,
                            content.artifact().reading().transform(),
                            () -> true));
        }
        return pictures;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pretrained-skin",
                "dfu-double-transfer",
                "breast-idc",
                "pretrained-breast",
                "pretrained-skin/1.0.0"
            })
    void theClosedFormIsTheEnginesGradient(String model) throws Exception {
        ArtifactContent content = content(model);
        try (NDManager manager = NDManager.newBaseManager(null, "PyTorch")) {
            Network network = content.network(manager);
            ClassifierHead head = content.head();
            int last = network.parts() - 1;
            for (NetworkInput picture : pictures(content)) {
                for (int target = 0; target < Math.min(3, network.config().classes()); target++) {
                    check(head, LayerGradient.of(network, picture, target, last, manager), target);
                }
            }
        }
    }

    /** Every cell of a channel has the same gradient, a cell's part of the pooled feature's. */
    private static void check(ClassifierHead head, LayerGradient layer, int target) {
        int area = layer.width() * layer.height();
        for (int view = 0; view < layer.views(); view++) {
            int from = view * layer.channels() * area;
            float[] pooled = new float[layer.channels()];
            for (int i = 0; i < pooled.length * area; i++) {
                pooled[i / area] += layer.activations()[from + i] / area;
            }
            double[] closed = head.gradient(pooled, target);
            assertThat(Arrays.stream(closed).map(Math::abs).max().orElse(0)).isGreaterThan(0.01);
            for (int i = 0; i < pooled.length * area; i++) {
                assertThat(area * layer.gradient()[from + i])
                        .isCloseTo((float) closed[i / area], within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pretrained-skin", "dfu-double-transfer", "breast-idc"})
    void weightsThatLearntNothingGiveAnotherMap(String model) throws Exception {
        ArtifactContent content = content(model);
        try (NDManager manager = NDManager.newBaseManager(null, "PyTorch")) {
            Network trained = content.network(manager);
            double sum = 0;
            int maps = 0;
            for (int seed = 0; seed < 2; seed++) {
                Network random = new Network((BlockConfig) content.artifact().network());
                random.initialize(manager, seed);
                for (NetworkInput picture : pictures(content)) {
                    HeatMap learnt = map(trained, picture, manager);
                    HeatMap drawn = map(random, picture, manager);
                    sum += Math.abs(spearman(learnt.values(), drawn.values()));
                    maps++;
                }
            }
            assertThat(sum / maps).isLessThan(MOST_ALIKE);
        }
    }

    private static HeatMap map(Network network, NetworkInput picture, NDManager manager) {
        return LayerCam.fused(
                network,
                ClassifierHead.of(network),
                picture,
                0,
                LayerCam.usualPart(network),
                manager);
    }

    /** Correlation of ranks; of equal numbers each has the mean of their ranks. */
    private static double spearman(float[] one, float[] other) {
        double[] a = ranks(one);
        double[] b = ranks(other);
        double mean = (a.length - 1) / 2.0;
        double both = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            both += (a[i] - mean) * (b[i] - mean);
            squaresA += (a[i] - mean) * (a[i] - mean);
            squaresB += (b[i] - mean) * (b[i] - mean);
        }
        return squaresA * squaresB == 0 ? 0 : both / Math.sqrt(squaresA * squaresB);
    }

    private static double[] ranks(float[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (i, j) -> Float.compare(values[i], values[j]));
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
