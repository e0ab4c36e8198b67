package dev.medzoo.benchmarks;

import ai.djl.Model;
import ai.djl.modality.cv.Image;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.NetworkConfig;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.FolderStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * What verifying costs: loading each model of a folder store through {@code MedZoo}, against plain
 * DJL loading the same weights into the same network without a look at them. Both in turns, the
 * order changing with every round, so that whatever else the machine does meets both alike.
 */
public final class LoadCost {
    private static final int WARM_UP = 20;
    private static final int RESAMPLES = 2000;

    private final MedZoo zoo;
    private final FolderStore store;
    private final ModelReference reference;
    private final NetworkConfig network;

    private LoadCost(FolderStore store, ModelReference reference) throws Exception {
        this.store = store;
        this.zoo = new MedZoo(store);
        this.reference = reference;
        network = zoo.artifact(reference).network();
    }

    /** Arguments: the store's folder and the rounds. */
    public static void main(String[] args) throws Exception {
        FolderStore store = new FolderStore(Path.of(args[0]));
        StoreIndex index = new MedZoo(store).index();
        for (String name : index.artifacts().keySet()) {
            for (var version : index.usable(name)) {
                new LoadCost(store, new ModelReference(name, version))
                        .measure(Integer.parseInt(args[1]));
            }
        }
    }

    private void measure(int rounds) throws Exception {
        double[] verified = new double[rounds];
        double[] plain = new double[rounds];
        for (int i = -WARM_UP; i < rounds; i++) {
            boolean first = i % 2 == 0;
            double one = first ? verifiedMillis() : plainMillis();
            double other = first ? plainMillis() : verifiedMillis();
            if (i >= 0) {
                verified[i] = first ? one : other;
                plain[i] = first ? other : one;
            }
        }
        double[] ratios = resampled(verified, plain);
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%-28s verified %6.1f ms, plain %6.1f ms, ratio %.3f [%.3f, %.3f]",
                        reference,
                        median(verified),
                        median(plain),
                        median(verified) / median(plain),
                        ratios[RESAMPLES / 40],
                        ratios[RESAMPLES - 1 - RESAMPLES / 40]));
    }

    private double verifiedMillis() throws Exception {
        long begin = System.nanoTime();
        zoo.load(reference, Image.class, Finding.class, RuntimeChoice.PYTORCH, null).close();
        return (System.nanoTime() - begin) / 1e6;
    }

    private double plainMillis() throws Exception {
        Path folder = store.root().resolve(reference.toString());
        long begin = System.nanoTime();
        try (Model model = Model.newInstance(reference.name(), "PyTorch")) {
            model.setBlock(new PlainNetwork((BlockConfig) network));
            model.load(folder, reference.name());
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    /** The ratio of medians of rounds drawn again and again, in order. */
    private static double[] resampled(double[] verified, double[] plain) {
        Random random = new Random(1);
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double[] one = new double[verified.length];
            double[] other = new double[verified.length];
            for (int j = 0; j < one.length; j++) {
                int round = random.nextInt(one.length);
                one[j] = verified[round];
                other[j] = plain[round];
            }
            ratios[i] = median(one) / median(other);
        }
        Arrays.sort(ratios);
        return ratios;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
