package dev.medzoo.training.measure;

import java.util.List;

/**
 * A symmetric positive definite matrix, summed from weighted outer products and then solved by
 * Cholesky's decomposition. Only its lower half is kept. Its loops take four rows at a time, so
 * that a sum is loaded and stored once for four products, and compile to vector instructions.
 */
final class PositiveDefinite {
    private static final int AT_ONCE = 4;

    private final double[][] lower;

    /** A diagonal matrix of these numbers, each at least 0. */
    PositiveDefinite(double[] diagonal) {
        lower = new double[diagonal.length][];
        for (int i = 0; i < diagonal.length; i++) {
            lower[i] = new double[i + 1];
            lower[i][i] = diagonal[i];
        }
    }

    /**
     * Adds the outer product of each row with itself.
     *
     * @param rows each as long as the matrix is wide
     * @param weights one a row
     */
    void addOuterProducts(List<double[]> rows, double[] weights) {
        for (int from = 0; from < weights.length; from += AT_ONCE) {
            double[][] four = new double[AT_ONCE][];
            double[] weightOf = new double[AT_ONCE];
            for (int of = 0; of < AT_ONCE; of++) {
                boolean isThere = from + of < weights.length;
                four[of] = rows.get(isThere ? from + of : from);
                weightOf[of] = isThere ? weights[from + of] : 0;
            }
            for (int i = 0; i < lower.length; i++) {
                double[] times = new double[AT_ONCE];
                for (int of = 0; of < AT_ONCE; of++) {
                    times[of] = weightOf[of] * four[of][i];
                }
                add(lower[i], 0, i + 1, times, four);
            }
        }
    }

    /** Adds four rows to one, each times a number. */
    private static void add(double[] sum, int from, int to, double[] times, double[][] rows) {
        double a = times[0];
        double b = times[1];
        double c = times[2];
        double d = times[3];
        double[] ofA = rows[0];
        double[] ofB = rows[1];
        double[] ofC = rows[2];
        double[] ofD = rows[3];
        for (int j = from; j < to; j++) {
            sum[j] = sum[j] + a * ofA[j] + b * ofB[j] + c * ofC[j] + d * ofD[j];
        }
    }

    /**
     * The numbers whose product with this matrix is {@code right}. The matrix is used up: its place
     * holds the decomposition afterwards.
     */
    double[] solve(double[] right) {
        decompose();
        double[] solution = right.clone();
        for (int i = 0; i < lower.length; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= lower[i][k] * solution[k];
            }
            solution[i] /= lower[i][i];
        }
        for (int k = lower.length - 1; k >= 0; k--) {
            solution[k] /= lower[k][k];
            for (int i = 0; i < k; i++) {
                solution[i] -= lower[k][i] * solution[k];
            }
        }
        return solution;
    }

    private void decompose() {
        double[][] columns = new double[AT_ONCE][lower.length];
        for (int from = 0; from < lower.length; from += AT_ONCE) {
            int to = Math.min(lower.length, from + AT_ONCE);
            for (int k = from; k < to; k++) {
                finishColumn(k, to, columns[k - from]);
            }
            for (int i = to; i < lower.length; i++) {
                double[] times = new double[AT_ONCE];
                for (int of = 0; of < AT_ONCE; of++) {
                    times[of] = -columns[of][i];
                }
                add(lower[i], to, i + 1, times, columns);
            }
        }
    }

    /** Scales a column, copies it, and takes it from the columns up to {@code to}. */
    private void finishColumn(int k, int to, double[] column) {
        lower[k][k] = Math.sqrt(lower[k][k]);
        for (int i = k + 1; i < lower.length; i++) {
            lower[i][k] /= lower[k][k];
            column[i] = lower[i][k];
            for (int j = k + 1; j < Math.min(to, i + 1); j++) {
                lower[i][j] -= column[i] * column[j];
            }
        }
    }
}
