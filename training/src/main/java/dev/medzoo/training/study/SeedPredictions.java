package dev.medzoo.training.study;

import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.study.ScoredPictures.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The predictions of one seed's runs on their evaluation pictures.
 *
 * @param pictures logits over the run's temperature: their softmax is the calibrated probability
 * @param sources picture that each was cut from
 */
record SeedPredictions(Scores pictures, List<String> sources) {
    private static final double LEAST = 1e-12;

    SeedPredictions {
        sources = List.copyOf(sources);
    }

    static SeedPredictions of(
            int classes, List<Picture> pictures, List<List<Double>> logits, double temperature) {
        if (pictures.size() != logits.size()) {
            throw new IllegalArgumentException(
                    "logits: for %d pictures (expected: for %d)"
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
        return new SeedPredictions(scores, pictures.stream().map(Picture::source).toList());
    }

    /** The verdicts of all folds together. */
    static SeedPredictions pooled(List<SeedPredictions> folds) {
        return new SeedPredictions(
                pool(folds.stream().map(SeedPredictions::pictures).toList()),
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
        Map<String, List<Integer>> bySource = by(sources);
        bySource.forEach(
                (source, parts) -> {
                    if (!areOfOneClass(parts)) {
                        throw new IllegalArgumentException(
                                "source: " + source + " of several classes (expected: of one)");
                    }
                });
        return means(bySource.values());
    }

    /**
     * One verdict for each group whose pictures are of one class: the mean of their probabilities.
     *
     * @throws IllegalArgumentException when there is no such group
     */
    Scores wholeGroups() {
        List<List<Integer>> ofOneClass =
                by(pictures.groups()).values().stream().filter(this::areOfOneClass).toList();
        if (ofOneClass.isEmpty()) {
            throw new IllegalArgumentException(
                    "groups: all of several classes (expected: some of one)");
        }
        return means(ofOneClass);
    }

    /** What the measures of a unit are taken from. */
    Scores of(Measure.Unit unit) {
        return switch (unit) {
            case PICTURE -> pictures;
            case WHOLE_PICTURE -> wholePictures();
            case GROUP -> wholeGroups();
        };
    }

    private static Map<String, List<Integer>> by(List<String> names) {
        Map<String, List<Integer>> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(i);
        }
        return byName;
    }

    private boolean areOfOneClass(List<Integer> parts) {
        return parts.stream().map(pictures.truth()::get).distinct().count() == 1;
    }

    private Scores means(Collection<List<Integer>> parts) {
        return new Scores(
                pictures.classes(),
                parts.stream().map(of -> pictures.truth().get(of.get(0))).toList(),
                parts.stream().map(of -> pictures.groups().get(of.get(0))).toList(),
                parts.stream().map(this::logMean).toList());
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
