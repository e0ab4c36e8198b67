package dev.medzoo.training.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A boundary between own and foreign rows of numbers: logistic regression with a weight penalty, on
 * the numbers and on how far each lies from the own rows' mean. Own and foreign rows count alike in
 * all, and so does every kind of foreign ones. Fitted by Newton's method, its steps halved until
 * they help, on standardised numbers; the weights are for the numbers as they are.
 */
final class LogisticFit {
    private static final int STEPS = 25;
    private static final int HALVINGS = 20;

    /** Of numbers of order 1, so that one that the own rows hardly change weighs little. */
    private static final double LEAST_DEVIATION = 1e-2;

    /** So that a row that is surely on its side leaves the Hessian regular. */
    private static final double DAMPING = 1e-9;

    /** Curvature of a row that is far on its side; most rows soon are, and are passed over. */
    private static final double NEGLIGIBLE = 1e-14;

    /** Rows whose numbers stay in the processor's nearest cache. */
    private static final int AT_ONCE = 8;

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
        LogisticFit fit = standardised(own);
        List<Row> rows = new ArrayList<>();
        own.forEach(row -> rows.add(new Row(fit.scaled(row), 0, 0.5 / own.size())));
        for (List<double[]> kind : foreign) {
            double share = 0.5 / foreign.size() / kind.size();
            kind.forEach(row -> rows.add(new Row(fit.scaled(row), 1, share)));
        }
        double loss = loss(rows, fit.weights, penalty);
        for (int step = 0; step < STEPS; step++) {
            double[] change = new Newton(fit.weights, penalty, rows).step();
            double[] next = fit.weights.clone();
            double better = loss;
            for (int halving = 0; halving < HALVINGS && better >= loss; halving++) {
                double length = Math.pow(0.5, halving);
                Arrays.setAll(next, i -> fit.weights[i] - length * change[i]);
                better = loss(rows, next, penalty);
            }
            if (!(better < loss)) {
                break;
            }
            System.arraycopy(next, 0, fit.weights, 0, next.length);
            loss = better;
        }
        return fit;
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

    /** Gradient and Hessian of the loss at some weights. */
    private static final class Newton {
        private final double[] at;
        private final double[] gradient;
        private final double[][] hessian;

        Newton(double[] at, double penalty, List<Row> rows) {
            this.at = at;
            gradient = new double[at.length];
            hessian = new double[at.length][at.length];
            for (int i = 0; i < at.length; i++) {
                boolean isOffset = i == at.length - 1;
                gradient[i] = isOffset ? 0 : penalty * at[i];
                hessian[i][i] = DAMPING + (isOffset ? 0 : penalty);
            }
            List<Row> bent = new ArrayList<>();
            for (Row row : rows) {
                double chance = row.chance(at);
                addTo(gradient, row.share * (chance - row.side), row.numbers, 0, at.length);
                if (row.curve(chance) > NEGLIGIBLE) {
                    bent.add(row);
                }
            }
            for (int from = 0; from < bent.size(); from += AT_ONCE) {
                bend(bent.subList(from, Math.min(bent.size(), from + AT_ONCE)));
            }
        }

        /** Adds some rows to the Hessian, line by line, so that a line is fetched once for all. */
        private void bend(List<Row> rows) {
            double[] curves = rows.stream().mapToDouble(row -> row.curve(row.chance(at))).toArray();
            for (int i = 0; i < at.length; i++) {
                for (int of = 0; of < curves.length; of++) {
                    double[] numbers = rows.get(of).numbers;
                    addTo(hessian[i], curves[of] * numbers[i], numbers, 0, i + 1);
                }
            }
        }

        /** A loop that Java computes several numbers of at once, as none waits for another. */
        private static void addTo(double[] sum, double times, double[] row, int from, int to) {
            for (int j = from; j < to; j++) {
                sum[j] += times * row[j];
            }
        }

        /** Solves by Cholesky's decomposition, column by column; the lower half is enough. */
        double[] step() {
            int size = at.length;
            double[] step = gradient.clone();
            double[] column = new double[size];
            for (int k = 0; k < size; k++) {
                hessian[k][k] = Math.sqrt(hessian[k][k]);
                step[k] /= hessian[k][k];
                for (int i = k + 1; i < size; i++) {
                    hessian[i][k] /= hessian[k][k];
                    column[i] = hessian[i][k];
                    step[i] -= column[i] * step[k];
                }
                for (int i = k + 1; i < size; i++) {
                    addTo(hessian[i], -column[i], column, k + 1, i + 1);
                }
            }
            for (int i = size - 1; i >= 0; i--) {
                for (int k = i + 1; k < size; k++) {
                    step[i] -= hessian[k][i] * step[k];
                }
                step[i] /= hessian[i][i];
            }
            return step;
        }
    }
}
