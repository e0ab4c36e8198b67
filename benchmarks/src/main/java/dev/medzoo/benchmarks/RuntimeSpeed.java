package dev.medzoo.benchmarks;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.FolderStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * From a prepared picture to its finding by each runtime, in turns, the order changing with every
 * round, so that whatever else the machine does meets all alike. The figures are ratios to PyTorch
 * within a round.
 */
public final class RuntimeSpeed {
    private static final List<RuntimeChoice> RUNTIMES =
            List.of(RuntimeChoice.PYTORCH, RuntimeChoice.ONNX, RuntimeChoice.ONNX_INT8);

    private static final int WARM_UP = 10;

    private final double[][] millis;

    private RuntimeSpeed(int rounds) {
        millis = new double[RUNTIMES.size()][rounds];
    }

    /** Arguments: the store's folder and the rounds. */
    public static void main(String[] args) throws Exception {
        MedZoo zoo = new MedZoo(new FolderStore(Path.of(args[0])));
        for (String name : zoo.index().artifacts().keySet()) {
            RuntimeSpeed speed = new RuntimeSpeed(Integer.parseInt(args[1]));
            speed.measure(zoo, new ModelReference(name, null, null));
            System.out.println(name + ": " + speed.text());
        }
    }

    private void measure(MedZoo zoo, ModelReference reference) throws Exception {
        for (int round = -WARM_UP; round < millis[0].length; round++) {
            for (int turn = 0; turn < RUNTIMES.size(); turn++) {
                int which = Math.floorMod(turn + round, RUNTIMES.size());
                double took = millis(zoo, reference, RUNTIMES.get(which));
                if (round >= 0) {
                    millis[which][round] = took;
                }
            }
        }
    }

    /** The shortest of several predictions by a model that is loaded for them. */
    private static double millis(MedZoo zoo, ModelReference reference, RuntimeChoice runtime)
            throws Exception {
        try (ZooModel<NetworkInput, Finding> model =
                        zoo.load(reference, NetworkInput.class, Finding.class, runtime, null);
                Predictor<NetworkInput, Finding> predictor = model.newPredictor()) {
            Preparation preparation = Preparation.of(model, new PictureDecoder());
            int size = 3 * preparation.size().width() * preparation.size().height();
            NetworkInput blank = preparation.tensor(new float[size]);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < WARM_UP; i++) {
                long from = System.nanoTime();
                predictor.predict(blank);
                least = Math.min(least, System.nanoTime() - from);
            }
            return least / 1e6;
        }
    }

    private String text() {
        return RUNTIMES.stream()
                .map(
                        each -> {
                            double[] own = millis[RUNTIMES.indexOf(each)];
                            double[] ratios = new double[own.length];
                            Arrays.setAll(ratios, i -> millis[0][i] / own[i]);
                            Arrays.sort(own);
                            Arrays.sort(ratios);
                            int end = ratios.length - 1;
                            return String.format(
                                    Locale.ROOT,
                                    "%s %.1f ms, %.1f times as fast [%.1f, %.1f]",
                                    each.word(),
                                    own[end / 2],
                                    ratios[end / 2],
                                    ratios[0],
                                    ratios[end]);
                        })
                .collect(Collectors.joining("; "));
    }
}
