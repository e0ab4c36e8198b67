package dev.medzoo.training.report;

import dev.medzoo.training.measure.Auroc;
import dev.medzoo.training.measure.RocCurve;
import dev.medzoo.training.measure.Scores;
import java.util.ArrayList;
import java.util.List;

/** ROC curves, one-vs-rest. */
public final class RocPlot {
    private RocPlot() {}

    /**
     * Draws one curve per label, with its area in the legend. Of two labels only the second is
     * drawn, because the first is its mirror image. A label that no picture has, or every one, has
     * no curve.
     *
     * @param labels in the order of the scores
     */
    public static String svg(Scores scores, List<String> labels, double temperature) {
        List<String> names = new ArrayList<>();
        List<List<Point>> curves = new ArrayList<>();
        for (OneAgainstRest one : OneAgainstRest.of(scores, temperature)) {
            if (labels.size() == 2 && one.label() == 0) {
                continue;
            }
            double area = Auroc.of(one.score(), one.positive());
            names.add("%s, AUROC %s".formatted(labels.get(one.label()), Digits.share(area)));
            curves.add(points(RocCurve.of(one.score(), one.positive())));
        }
        return CurvePlot.svg(
                "ROC: each label against the rest",
                "false positive rate",
                "true positive rate",
                names,
                curves,
                true);
    }

    private static List<Point> points(RocCurve curve) {
        return curve.points().stream()
                .map(point -> Point.of(point.falsePositiveRate(), point.truePositiveRate()))
                .toList();
    }
}
