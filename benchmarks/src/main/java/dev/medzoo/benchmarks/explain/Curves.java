package dev.medzoo.benchmarks.explain;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.explain.HeatMap;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Of the blur, as a share of the side: nothing but colours is left. */
    private static final double BLUR = 0.08;

    private final Predictor<NetworkInput, Finding> predictor;

    /** Areas under both, in [0, 1]. */
    record Areas(double deletion, double insertion) {}

    Curves(Predictor<NetworkInput, Finding> predictor) {
        this.predictor = predictor;
    }

    Areas of(NetworkInput picture, HeatMap map, String label) throws TranslateException {
        int[] order = order(map, picture.size());
        return new Areas(
                area(picture.values(), mean(picture), order, label, picture.size()),
                area(blurred(picture), picture.values(), order, label, picture.size()));
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

    private static float[] mean(NetworkInput picture) {
        float[] values = picture.values();
        int area = values.length / 3;
        float[] mean = new float[values.length];
        for (int channel = 0; channel < 3; channel++) {
            double sum = 0;
            for (int i = channel * area; i < (channel + 1) * area; i++) {
                sum += values[i];
            }
            Arrays.fill(mean, channel * area, (channel + 1) * area, (float) (sum / area));
        }
        return mean;
    }

    private static float[] blurred(NetworkInput picture) {
        int width = picture.size().width();
        int height = picture.size().height();
        double deviation = BLUR * Math.max(width, height);
        float[] across = new float[picture.values().length];
        float[] both = new float[picture.values().length];
        blur(picture.values(), across, width, height, deviation, true);
        blur(across, both, width, height, deviation, false);
        return both;
    }

    private static void blur(
            float[] from, float[] to, int width, int height, double deviation, boolean isAcross) {
        int reach = (int) Math.ceil(3 * deviation);
        int area = width * height;
        for (int i = 0; i < from.length; i++) {
            int place = isAcross ? i % width : i % area / width;
            int count = isAcross ? width : height;
            int stride = isAcross ? 1 : width;
            double sum = 0;
            double weights = 0;
            for (int d = Math.max(-reach, -place); d <= Math.min(reach, count - 1 - place); d++) {
                double weight = Math.exp(-d * d / (2 * deviation * deviation));
                sum += weight * from[i + d * stride];
                weights += weight;
            }
            to[i] = (float) (sum / weights);
        }
    }
}
