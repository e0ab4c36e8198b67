package dev.medzoo.translate.transform;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations (Golub and Van
 * Loan, Matrix Computations, 8.5): short, and accurate to double precision. A matrix of 160 rows
 * takes well under a second.
 */
public final class SymmetricEigen {
    private static final int MOST_SWEEPS = 60;

    /** Relative size of off-diagonal elements at which iteration stops. */
    private static final double TOLERANCE = 1e-24;

    private final double[][] matrix;
    private final double[][] vectors;

    private SymmetricEigen(double[][] matrix) {
        int size = matrix.length;
        this.matrix = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        vectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            vectors[i][i] = 1;
        }
    }

    /**
     * One eigenvalue and its vector.
     *
     * @param value the eigenvalue
     * @param vector of length 1; not a copy
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy
    public record Pair(double value, double[] vector) {}

    /**
     * Computes all pairs, the highest value first; the vectors are orthogonal.
     *
     * @param matrix symmetric, finite; it is not changed
     */
    public static Pair[] of(double[][] matrix) {
        SymmetricEigen eigen = new SymmetricEigen(matrix);
        for (int sweep = 0; sweep < MOST_SWEEPS && !eigen.isDiagonal(); sweep++) {
            eigen.sweep();
        }
        return IntStream.range(0, matrix.length)
                .mapToObj(i -> new Pair(eigen.matrix[i][i], eigen.vectors[i]))
                .sorted(Comparator.comparingDouble(Pair::value).reversed())
                .toArray(Pair[]::new);
    }

    private boolean isDiagonal() {
        double on = 0;
        double beside = 0;
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < row; column++) {
                beside += matrix[row][column] * matrix[row][column];
            }
            on += matrix[row][row] * matrix[row][row];
        }
        return beside <= TOLERANCE * on;
    }

    private void sweep() {
        for (int p = 0; p < matrix.length; p++) {
            for (int q = p + 1; q < matrix.length; q++) {
                if (matrix[p][q] != 0) {
                    rotate(p, q);
                }
            }
        }
    }

    /** Applies a Jacobi rotation that zeroes element (p, q). */
    private void rotate(int p, int q) {
        double slope = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double tangent = Math.copySign(1, slope) / (Math.abs(slope) + Math.hypot(slope, 1));
        double cosine = 1 / Math.hypot(tangent, 1);
        double sine = tangent * cosine;
        turn(matrix[p], matrix[q], cosine, sine);
        for (double[] row : matrix) {
            double left = row[p];
            row[p] = cosine * left - sine * row[q];
            row[q] = sine * left + cosine * row[q];
        }
        turn(vectors[p], vectors[q], cosine, sine);
    }

    private static void turn(double[] one, double[] other, double cosine, double sine) {
        for (int i = 0; i < one.length; i++) {
            double left = one[i];
            one[i] = cosine * left - sine * other[i];
            other[i] = sine * left + cosine * other[i];
        }
    }
}
