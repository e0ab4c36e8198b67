package dev.medzoo.training.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A boundary between own and foreign rows of numbers: logistic regression with a weight penalty, on
 * the numbers and on how far each lies from the own rows' mean. Own and foreign rows count alike in
 * all, and so does every kind of foreign ones. Fitted by Newton's method on standardised numbers;
 * the weights are for the numbers as they are.
 */
final class LogisticFit {
    private static final int STEPS = 25;

    /** Lengths of a step that are tried. */
    private static final int TRIALS = 20;

    /** Of the loss; a step that gains less has left only rounding to the next. */
    private static final double LEAST_GAIN = 1e-9;

    /** Of numbers of order 1, so that one that the own rows hardly change weighs little. */
    private static final double LEAST_DEVIATION = 1e-2;

    /** So that a row that is surely on its side leaves the Hessian regular. */
    private static final double DAMPING = 1e-9;

    /** Curvature of a row that is far on its side; most rows soon are, and are passed over. */
    private static final double NEGLIGIBLE = 1e-14;

    private final double[] mean;
    private final double[] deviation;
    private final double[] weights;

    private LogisticFit(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
        weights = new double[2 * mean.length + 1];
    }

    /**
     * Fits.
     *
     * @param own at least one
     * @param foreign one list a kind, at least one kind, none empty
     * @param penalty on the squares of the standardised weights, above 0
     */
    static LogisticFit of(List<double[]> own, List<List<double[]>> foreign, double penalty) {
        return of(own, foreign, penalty, new double[2 * own.get(0).length + 1]);
    }

    /**
     * The same, in fewer steps: the search starts from the result of a fit to much the same rows.
     */
    LogisticFit again(List<double[]> own, List<List<double[]>> foreign, double penalty) {
        return of(own, foreign, penalty, weights);
    }

    private static LogisticFit of(
            List<double[]> own, List<List<double[]>> foreign, double penalty, double[] start) {
        LogisticFit fit = standardised(own);
        List<Row> rows = new ArrayList<>();
        own.forEach(row -> rows.add(new Row(fit.scaled(row), 0, 0.5 / own.size())));
        for (List<double[]> kind : foreign) {
            double share = 0.5 / foreign.size() / kind.size();
            kind.forEach(row -> rows.add(new Row(fit.scaled(row), 1, share)));
        }
        System.arraycopy(start, 0, fit.weights, 0, start.length);
        fit.descend(rows, penalty);
        return fit;
    }

    private void descend(List<Row> rows, double penalty) {
        double loss = loss(rows, weights, penalty);
        double gain = loss;
        for (int step = 0; step < STEPS && gain > LEAST_GAIN * loss; step++) {
            double[] next = leastAlong(rows, newtonStep(rows, weights, penalty), loss, penalty);
            double nextLoss = loss(rows, next, penalty);
            System.arraycopy(next, 0, weights, 0, next.length);
            gain = loss - nextLoss;
            loss = nextLoss;
        }
    }

    /**
     * The weights after a step, which is halved until it helps, or doubled while that helps more: a
     * Newton step is short while the rows move apart. The weights as they are if nothing helps.
     */
    private double[] leastAlong(List<Row> rows, double[] step, double loss, double penalty) {
        double[] best = weights;
        double least = loss;
        double factor = 1;
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] next = weights.clone();
            for (int i = 0; i < next.length; i++) {
                next[i] -= factor * step[i];
            }
            double nextLoss = loss(rows, next, penalty);
            if (nextLoss < least) {
                best = next;
                least = nextLoss;
                if (factor < 1) {
                    break;
                }
                factor *= 2;
            } else if (factor > 1) {
                break;
            } else {
                factor /= 2;
            }
        }
        return best;
    }

    /** Of a row the number of its side, 0 or 1, and its share of all. */
    private static final class Row {
        final double[] numbers;
        final double side;
        final double share;

        Row(double[] numbers, double side, double share) {
            this.numbers = numbers;
            this.side = side;
            this.share = share;
        }

        double logit(double[] weights) {
            double logit = 0;
            for (int i = 0; i < weights.length; i++) {
                logit += weights[i] * numbers[i];
            }
            return logit;
        }

        /** Of the foreign side. */
        double chance(double[] weights) {
            return 1 / (1 + Math.exp(-logit(weights)));
        }

        /** Curvature of its loss. */
        double curve(double chance) {
            return share * chance * (1 - chance);
        }
    }

    private static double loss(List<Row> rows, double[] weights, double penalty) {
        double loss = 0;
        for (Row row : rows) {
            double wrong = row.side == 0 ? row.logit(weights) : -row.logit(weights);
            loss += row.share * (Math.max(0, wrong) + Math.log1p(Math.exp(-Math.abs(wrong))));
        }
        for (int i = 0; i < weights.length - 1; i++) {
            loss += penalty * weights[i] * weights[i] / 2;
        }
        return loss;
    }

    private static LogisticFit standardised(List<double[]> own) {
        int width = own.get(0).length;
        double[] mean = new double[width];
        double[] deviation = new double[width];
        for (double[] row : own) {
            for (int i = 0; i < width; i++) {
                mean[i] += row[i] / own.size();
            }
        }
        for (double[] row : own) {
            for (int i = 0; i < width; i++) {
                deviation[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / own.size();
            }
        }
        Arrays.setAll(deviation, i -> Math.max(LEAST_DEVIATION, Math.sqrt(deviation[i])));
        return new LogisticFit(mean, deviation);
    }

    /** The numbers, how far each is from its mean, and a 1 for the offset. */
    private double[] scaled(double[] row) {
        int width = row.length;
        double[] scaled = new double[2 * width + 1];
        for (int i = 0; i < width; i++) {
            scaled[i] = (row[i] - mean[i]) / deviation[i];
            scaled[width + i] = Math.abs(scaled[i]);
        }
        scaled[2 * width] = 1;
        return scaled;
    }

    /** Of the own rows. */
    double[] mean() {
        return mean.clone();
    }

    /** For numbers as they are. */
    double[] weights() {
        return plain(0);
    }

    /** For how far numbers as they are lie from their means. */
    double[] sideWeights() {
        return plain(mean.length);
    }

    private double[] plain(int from) {
        double[] plain = new double[mean.length];
        Arrays.setAll(plain, i -> weights[from + i] / deviation[i]);
        return plain;
    }

    double offset() {
        double offset = weights[2 * mean.length];
        for (int i = 0; i < mean.length; i++) {
            offset -= weights[i] * mean[i] / deviation[i];
        }
        return offset;
    }

    /** Above 0 on the foreign side. */
    double logit(double[] row) {
        double[] scaled = scaled(row);
        double logit = 0;
        for (int i = 0; i < scaled.length; i++) {
            logit += weights[i] * scaled[i];
        }
        return logit;
    }

    /** The step to the least of the parabola that the loss looks like at some weights. */
    private static double[] newtonStep(List<Row> rows, double[] at, double penalty) {
        double[] gradient = new double[at.length];
        double[] diagonal = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            boolean isOffset = i == at.length - 1;
            gradient[i] = isOffset ? 0 : penalty * at[i];
            diagonal[i] = DAMPING + (isOffset ? 0 : penalty);
        }
        List<double[]> bent = new ArrayList<>();
        List<Double> curves = new ArrayList<>();
        for (Row row : rows) {
            double chance = row.chance(at);
            double slope = row.share * (chance - row.side);
            for (int i = 0; i < at.length; i++) {
                gradient[i] += slope * row.numbers[i];
            }
            double curve = row.curve(chance);
            if (curve > NEGLIGIBLE) {
                bent.add(row.numbers);
                curves.add(curve);
            }
        }
        PositiveDefinite hessian = new PositiveDefinite(diagonal);
        hessian.addOuterProducts(bent, curves.stream().mapToDouble(curve -> curve).toArray());
        return hessian.solve(gradient);
    }
}
