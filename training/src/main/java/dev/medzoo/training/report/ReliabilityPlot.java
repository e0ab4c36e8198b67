package dev.medzoo.training.report;

import dev.medzoo.training.measure.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reliability diagram (Guo et al. 2017): accuracy by confidence, before and after calibration, with
 * the number of pictures per bin below.
 */
public final class ReliabilityPlot {
    /** The number of bins of the card's calibration error. */
    private static final int BINS = 15;

    private static final double WIDTH = 480;
    private static final double LEFT = 64;
    private static final double TOP = 36;
    private static final double SIDE = WIDTH - LEFT - 20;
    private static final double COUNTS_TOP = TOP + SIDE + 32;
    private static final double COUNTS_HEIGHT = 90;
    private static final double BELOW = COUNTS_TOP + COUNTS_HEIGHT + 52;

    private ReliabilityPlot() {}

    /** Bins of equal width by confidence. */
    private static final class Bins {
        private final int[] pictures = new int[BINS];
        private final double[] confidence = new double[BINS];
        private final int[] right = new int[BINS];

        Bins(Scores scores, double temperature) {
            for (int i = 0; i < scores.size(); i++) {
                int named = scores.named(i);
                double sure = scores.probabilities(i, temperature)[named];
                int bin = Math.min(BINS - 1, (int) (sure * BINS));
                pictures[bin]++;
                confidence[bin] += sure;
                right[bin] += scores.truth().get(i) == named ? 1 : 0;
            }
        }

        /** Mean confidence and accuracy of each bin that is not empty. */
        List<Point> points() {
            List<Point> points = new ArrayList<>();
            for (int bin = 0; bin < BINS; bin++) {
                if (pictures[bin] > 0) {
                    points.add(
                            Point.of(
                                    confidence[bin] / pictures[bin],
                                    (double) right[bin] / pictures[bin]));
                }
            }
            return points;
        }
    }

    /** Draws the diagram of the uncalibrated and of the temperature-scaled probabilities. */
    public static String svg(Scores scores, double temperature) {
        List<Bins> bins = List.of(new Bins(scores, 1), new Bins(scores, temperature));
        List<String> names =
                List.of("before calibration", "after, temperature " + Digits.four(temperature));
        Legend legend = new Legend(names, SIDE);
        Svg svg = new Svg("Reliability", WIDTH, BELOW + legend.height() + 8);
        drawShares(svg, bins);
        drawCounts(svg, bins);
        legend.draw(svg, LEFT, BELOW);
        return svg.end();
    }

    private static void drawShares(Svg svg, List<Bins> bins) {
        Frame frame = new Frame(svg, LEFT, TOP, SIDE, SIDE, Scale.SHARE, Scale.SHARE);
        frame.axes("", "accuracy");
        frame.diagonal();
        for (int i = 0; i < bins.size(); i++) {
            List<Point> points = bins.get(i).points();
            frame.line(points, 0, Palette.stroke(i));
            for (Point point : points) {
                double[] at = frame.at(point.x(), point.y(), 0);
                svg.dot(
                        at[0],
                        at[1],
                        Palette.colour(i),
                        "confidence %s, accuracy %s"
                                .formatted(Digits.share(point.x()), Digits.share(point.y())));
            }
        }
    }

    private static void drawCounts(Svg svg, List<Bins> bins) {
        double[] counts =
                bins.stream()
                        .flatMapToInt(each -> Arrays.stream(each.pictures))
                        .asDoubleStream()
                        .toArray();
        Scale pictures = Scale.of(Axis.between("pictures", 0, 0), counts);
        Frame frame = new Frame(svg, LEFT, COUNTS_TOP, SIDE, COUNTS_HEIGHT, Scale.SHARE, pictures);
        frame.axes("confidence in the predicted label", "pictures");
        double bar = SIDE / BINS / bins.size();
        for (int i = 0; i < bins.size(); i++) {
            for (int bin = 0; bin < BINS; bin++) {
                int count = bins.get(i).pictures[bin];
                if (count > 0) {
                    double top = frame.y(count);
                    svg.rectangle(
                            LEFT + bar * (bin * bins.size() + i),
                            top,
                            bar - 1,
                            COUNTS_TOP + COUNTS_HEIGHT - top,
                            "fill=\"%s\"".formatted(Palette.colour(i)),
                            count + " pictures");
                }
            }
        }
    }
}
