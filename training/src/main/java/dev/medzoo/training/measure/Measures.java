package dev.medzoo.training.measure;

import dev.medzoo.zoo.measure.ConfusionMatrix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Every figure of a card, measured on some of a split's pictures, by name. */
public final class Measures {
    private final Scores scores;

    /** Of each picture, in label order. */
    private final double[][] probabilities;

    private final ProbabilityErrors errors;

    public Measures(Scores scores, double temperature) {
        this.scores = scores;
        probabilities = new double[scores.size()][];
        Arrays.setAll(probabilities, picture -> scores.probabilities(picture, temperature));
        errors = new ProbabilityErrors(scores, temperature);
    }

    /**
     * The figures on some pictures.
     *
     * @param pictures indices into the scores, with repetition in a bootstrap
     */
    public Map<String, Double> of(int[] pictures) {
        ConfusionMatrix confusion = confusion(scores, pictures);
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("accuracy", confusion.accuracy());
        measures.put("balancedAccuracy", confusion.balancedAccuracy());
        measures.put("macroF1", confusion.macroF1());
        double[] areas = areas(pictures);
        measures.put("auroc", mean(areas));
        measures.put("calibrationError", errors.error(pictures));
        for (int label = 0; label < scores.classes(); label++) {
            measures.put("precision " + label, confusion.precision(label));
            measures.put("recall " + label, confusion.recall(label));
            measures.put("f1 " + label, confusion.f1(label));
            measures.put("auroc " + label, areas[label]);
        }
        return measures;
    }

    public static ConfusionMatrix confusion(Scores scores, int[] pictures) {
        ConfusionMatrix confusion = new ConfusionMatrix(scores.classes());
        for (int picture : pictures) {
            confusion.add(scores.truth().get(picture), scores.named(picture));
        }
        return confusion;
    }

    public static int[] all(Scores scores) {
        return IntStream.range(0, scores.size()).toArray();
    }

    /** Of each class against the rest; NaN for one that has no pictures, or all of them. */
    private double[] areas(int[] pictures) {
        List<Integer> truth = scores.truth();
        double[] areas = new double[scores.classes()];
        for (int label = 0; label < areas.length; label++) {
            double[] of = new double[pictures.length];
            boolean[] positive = new boolean[pictures.length];
            for (int i = 0; i < pictures.length; i++) {
                of[i] = probabilities[pictures[i]][label];
                positive[i] = truth.get(pictures[i]) == label;
            }
            areas[label] = Auroc.of(of, positive);
        }
        return areas;
    }

    private static double mean(double[] areas) {
        return Arrays.stream(areas).filter(Double::isFinite).average().orElse(Double.NaN);
    }
}
