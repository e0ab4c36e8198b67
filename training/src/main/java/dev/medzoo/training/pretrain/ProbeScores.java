package dev.medzoo.training.pretrain;

import dev.medzoo.zoo.measure.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Confusion matrices of nearest neighbours and a linear classifier on held-out rows. */
final class ProbeScores {
    private final int classes;
    private final ConfusionMatrix byNeighbours;
    private final ConfusionMatrix byLine;

    ProbeScores(int classes) {
        this.classes = classes;
        byNeighbours = new ConfusionMatrix(classes);
        byLine = new ConfusionMatrix(classes);
    }

    /** Fits both on the rows that are not held out and names those that are. */
    void add(double[][] rows, int[] labels, IntPredicate held) {
        List<double[]> known = new ArrayList<>();
        List<Integer> knownLabels = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (!held.test(i)) {
                known.add(rows[i]);
                knownLabels.add(labels[i]);
            }
        }
        FeatureScale scale = FeatureScale.of(known);
        double[][] scaled = known.stream().map(scale::apply).toArray(double[][]::new);
        int[] theirs = knownLabels.stream().mapToInt(Integer::intValue).toArray();
        NearestNeighbours neighbours = new NearestNeighbours(scaled, theirs, classes);
        LinearClassifier line = LinearClassifier.fit(scaled, theirs, classes);
        for (int i = 0; i < rows.length; i++) {
            if (held.test(i)) {
                double[] row = scale.apply(rows[i]);
                byNeighbours.add(labels[i], neighbours.name(row));
                byLine.add(labels[i], line.name(row));
            }
        }
    }

    double knn() {
        return byNeighbours.balancedAccuracy();
    }

    double linear() {
        return byLine.balancedAccuracy();
    }
}
