package dev.medzoo.training.report;

import dev.medzoo.training.measure.PrecisionRecallCurve;
import dev.medzoo.training.measure.Scores;
import java.util.ArrayList;
import java.util.List;

/** Precision-recall curves, one-vs-rest: they show the cost of a rare label. */
final class PrecisionRecallPlot {
    private PrecisionRecallPlot() {}

    /**
     * Draws one curve per label, with its average precision in the legend. A label that no picture
     * has, or every one, has no curve.
     *
     * @param labels in the order of the scores
     */
    static String svg(Scores scores, List<String> labels, double temperature) {
        List<String> names = new ArrayList<>();
        List<List<Point>> curves = new ArrayList<>();
        for (OneAgainstRest one : OneAgainstRest.of(scores, temperature)) {
            PrecisionRecallCurve curve = PrecisionRecallCurve.of(one.score(), one.positive());
            names.add(
                    "%s, average precision %s"
                            .formatted(
                                    labels.get(one.label()),
                                    Digits.share(curve.averagePrecision())));
            curves.add(
                    curve.points().stream()
                            .map(point -> Point.of(point.recall(), point.precision()))
                            .toList());
        }
        return CurvePlot.svg(
                "Precision and recall: each label against the rest",
                "recall",
                "precision",
                names,
                curves,
                false);
    }
}
