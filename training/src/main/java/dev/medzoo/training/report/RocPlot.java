package dev.medzoo.training.report;

import dev.medzoo.training.measure.Auroc;
import dev.medzoo.training.measure.RocCurve;
import dev.medzoo.training.measure.Scores;
import java.util.ArrayList;
import java.util.List;

/** The receiver operating characteristic of each label against the rest. */
public final class RocPlot {
    private static final double WIDTH = 480;
    private static final double LEFT = 64;
    private static final double TOP = 36;
    private static final double SIDE = WIDTH - LEFT - 20;
    private static final double BELOW = 52;

    private RocPlot() {}

    /**
     * One curve a label, its area in the legend; of two labels only the second's, as the first's is
     * the same turned round. A label that no picture has, or every one, has no curve.
     *
     * @param labels in the order of the scores
     */
    public static String svg(Scores scores, List<String> labels, double temperature) {
        List<String> names = new ArrayList<>();
        List<List<Point>> curves = new ArrayList<>();
        for (int label = labels.size() == 2 ? 1 : 0; label < labels.size(); label++) {
            double[] score = score(scores, label, temperature);
            boolean[] positive = positive(scores, label);
            double area = Auroc.of(score, positive);
            if (Double.isFinite(area)) {
                names.add("%s, AUROC %s".formatted(labels.get(label), Digits.share(area)));
                curves.add(points(RocCurve.of(score, positive)));
            }
        }
        return draw(names, curves);
    }

    private static double[] score(Scores scores, int label, double temperature) {
        double[] score = new double[scores.size()];
        for (int i = 0; i < score.length; i++) {
            score[i] = scores.probabilities(i, temperature)[label];
        }
        return score;
    }

    private static boolean[] positive(Scores scores, int label) {
        boolean[] positive = new boolean[scores.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = scores.truth().get(i) == label;
        }
        return positive;
    }

    private static List<Point> points(RocCurve curve) {
        return curve.points().stream()
                .map(point -> Point.of(point.falsePositiveRate(), point.truePositiveRate()))
                .toList();
    }

    private static String draw(List<String> names, List<List<Point>> curves) {
        Legend legend = new Legend(names, SIDE);
        double below = TOP + SIDE + BELOW;
        Svg svg = new Svg("ROC: each label against the rest", WIDTH, below + legend.height() + 8);
        Frame frame = new Frame(svg, LEFT, TOP, SIDE, SIDE, Scale.SHARE, Scale.SHARE);
        frame.axes("false positive rate", "true positive rate");
        frame.diagonal();
        for (int i = 0; i < curves.size(); i++) {
            frame.line(curves.get(i), 0, Palette.stroke(i));
        }
        legend.draw(svg, LEFT, below);
        return svg.end();
    }
}
