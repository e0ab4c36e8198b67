package dev.medzoo.training.study;

import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.study.ScoredPictures.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the runs of one seed said of the pictures that they are judged on.
 *
 * @param pictures logits over the run's temperature: their softmax is the calibrated probability
 * @param sources picture that each was cut from
 */
record Verdicts(Scores pictures, List<String> sources) {
    private static final double LEAST = 1e-12;

    Verdicts {
        sources = List.copyOf(sources);
    }

    static Verdicts of(
            int classes, List<Picture> pictures, List<List<Double>> logits, double temperature) {
        if (pictures.size() != logits.size()) {
            throw new IllegalArgumentException(
                    "logits: of %d pictures (expected: of %d)"
                            .formatted(logits.size(), pictures.size()));
        }
        List<double[]> calibrated = new ArrayList<>();
        for (List<Double> of : logits) {
            calibrated.add(of.stream().mapToDouble(logit -> logit / temperature).toArray());
        }
        Scores scores =
                new Scores(
                        classes,
                        pictures.stream().map(Picture::label).toList(),
                        pictures.stream().map(Picture::group).toList(),
                        calibrated);
        return new Verdicts(scores, pictures.stream().map(Picture::source).toList());
    }

    /** The verdicts of all folds together. */
    static Verdicts pooled(List<Verdicts> folds) {
        return new Verdicts(
                pool(folds.stream().map(Verdicts::pictures).toList()),
                folds.stream().flatMap(fold -> fold.sources().stream()).toList());
    }

    /** Scores one after the other, as of one split: also those of several seeds. */
    static Scores pool(List<Scores> scores) {
        return new Scores(
                scores.get(0).classes(),
                scores.stream().flatMap(of -> of.truth().stream()).toList(),
                scores.stream().flatMap(of -> of.groups().stream()).toList(),
                scores.stream().flatMap(of -> of.logits().stream()).toList());
    }

    /**
     * One verdict for each source: the mean of the probabilities of the pictures cut from it.
     *
     * @throws IllegalArgumentException when pictures of one source are of several classes
     */
    Scores wholePictures() {
        Map<String, List<Integer>> bySource = new LinkedHashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            bySource.computeIfAbsent(sources.get(i), source -> new ArrayList<>()).add(i);
        }
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        bySource.forEach(
                (source, parts) -> {
                    if (parts.stream().map(pictures.truth()::get).distinct().count() > 1) {
                        throw new IllegalArgumentException(
                                "source: " + source + " of several classes (expected: of one)");
                    }
                    truth.add(pictures.truth().get(parts.get(0)));
                    groups.add(pictures.groups().get(parts.get(0)));
                    logits.add(logMean(parts));
                });
        return new Scores(pictures.classes(), truth, groups, logits);
    }

    private double[] logMean(List<Integer> parts) {
        double[] mean = new double[pictures.classes()];
        for (int part : parts) {
            double[] of = pictures.probabilities(part, 1);
            Arrays.setAll(mean, label -> mean[label] + of[label] / parts.size());
        }
        return Arrays.stream(mean).map(p -> Math.log(Math.max(LEAST, p))).toArray();
    }
}
