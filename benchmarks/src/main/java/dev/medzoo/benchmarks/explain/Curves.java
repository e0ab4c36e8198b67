package dev.medzoo.benchmarks.explain;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.explain.Backdrop;
import dev.medzoo.zoo.explain.HeatMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Deletion and insertion (Petsiuk et al. 2018). Deletion takes the pixels from a picture, those
 * with the most evidence first, and puts the picture's mean colour there; insertion begins with a
 * blurred picture and puts the pixels back in the same order. The figure is the area under the
 * class's probability, from no pixel to all.
 */
final class Curves {
    private static final int STEPS = 20;

    private final Predictor<NetworkInput, Finding> predictor;

    /** Areas under both, in [0, 1]. */
    record Areas(double deletion, double insertion) {}

    Curves(Predictor<NetworkInput, Finding> predictor) {
        this.predictor = predictor;
    }

    Areas of(NetworkInput picture, HeatMap map, String label) throws TranslateException {
        int[] order = order(map, picture.size());
        return new Areas(
                area(
                        picture.values(),
                        Backdrop.MEAN_COLOUR.of(picture),
                        order,
                        label,
                        picture.size()),
                area(Backdrop.BLUR.of(picture), picture.values(), order, label, picture.size()));
    }

    /** The pixels with the most evidence first. */
    private static int[] order(HeatMap map, InputSize size) {
        int width = size.width();
        double[] evidence = new double[width * size.height()];
        for (int i = 0; i < evidence.length; i++) {
            int row = i / width;
            evidence[i] = map.at((i % width + 0.5) / width, (row + 0.5) / size.height());
        }
        return IntStream.range(0, evidence.length)
                .boxed()
                .sorted((i, j) -> Double.compare(evidence[j], evidence[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** From one picture to another, pixel by pixel. */
    private double area(float[] from, float[] to, int[] order, String label, InputSize size)
            throws TranslateException {
        List<NetworkInput> steps = new ArrayList<>();
        float[] now = from.clone();
        int done = 0;
        for (int step = 0; step <= STEPS; step++) {
            for (int until = step * order.length / STEPS; done < until; done++) {
                for (int channel = 0; channel < 3; channel++) {
                    int at = channel * order.length + order[done];
                    now[at] = to[at];
                }
            }
            steps.add(new NetworkInput(size, now.clone()));
        }
        double sum = 0;
        List<Finding> findings = predictor.batchPredict(steps);
        for (int step = 0; step <= STEPS; step++) {
            double weight = step == 0 || step == STEPS ? 0.5 : 1;
            sum += weight * probability(findings.get(step), label);
        }
        return sum / STEPS;
    }

    static double probability(Finding finding, String label) {
        return finding.probabilities().stream()
                .filter(each -> each.label().equals(label))
                .mapToDouble(ClassProbability::probability)
                .findFirst()
                .orElseThrow();
    }
}
