package dev.medzoo.batch.slide;

import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import java.util.Arrays;
import java.util.List;

/**
 * Findings for the fields of a slide that have tissue, in few bytes each: there may be a million.
 * Fields are in reading order, row by row. Threads may set different fields at once.
 */
public final class TileFindings {
    private static final byte NOT_SET = -1;
    private static final byte ABSTAINED = 1;
    private static final byte UNLIKE = 2;

    private final List<String> labels;
    private final int[] columns;
    private final int[] rows;
    private final float[] tissue;
    private final float[] probabilities;
    private final short[] best;
    private final byte[] doubts;

    /**
     * @param labels the classes, in the order of the logits
     * @param columns of each field
     * @param rows of each field
     * @param tissue share of each field
     */
    TileFindings(List<String> labels, int[] columns, int[] rows, float[] tissue) {
        this.labels = List.copyOf(labels);
        this.columns = columns.clone();
        this.rows = rows.clone();
        this.tissue = tissue.clone();
        probabilities = new float[Math.multiplyExact(labels.size(), columns.length)];
        best = new short[columns.length];
        doubts = new byte[columns.length];
        Arrays.fill(doubts, NOT_SET);
    }

    /** Says what the model finds in a field. */
    public void set(int tile, Finding finding) {
        set(
                tile,
                finding.label(),
                finding.probabilities(),
                finding.abstained(),
                finding.isUnlikeTraining());
    }

    /**
     * Says what a model has found in a field.
     *
     * @param label of the most probable class
     * @param all classes
     */
    public void set(
            int tile,
            String label,
            List<ClassProbability> all,
            boolean isAbstained,
            boolean isUnlike) {
        int from = tile * labels.size();
        for (ClassProbability each : all) {
            probabilities[from + labels.indexOf(each.label())] = (float) each.probability();
        }
        best[tile] = (short) labels.indexOf(label);
        doubts[tile] = (byte) ((isAbstained ? ABSTAINED : 0) | (isUnlike ? UNLIKE : 0));
    }

    /** The classes, in the order of the logits. */
    public List<String> labels() {
        return labels;
    }

    /** Number of fields. */
    public int count() {
        return columns.length;
    }

    /** Column of a field in the grid. */
    public int column(int tile) {
        return columns[tile];
    }

    /** Row of a field in the grid. */
    public int row(int tile) {
        return rows[tile];
    }

    /** Share of a field that is tissue, in (0, 1]. */
    public double tissue(int tile) {
        return tissue[tile];
    }

    /** Calibrated probability of a class in a field, in [0, 1]. */
    public double probability(int tile, int label) {
        return probabilities[tile * labels.size() + label];
    }

    /** Index of the most probable class, even if the model abstains. */
    public int best(int tile) {
        return best[tile];
    }

    /** Whether the model is too uncertain for its label to be used. */
    public boolean abstained(int tile) {
        return (doubts(tile) & ABSTAINED) != 0;
    }

    /** Whether the field is unlike the training pictures, so that its label means nothing. */
    public boolean isUnlikeTraining(int tile) {
        return (doubts(tile) & UNLIKE) != 0;
    }

    /** Whether the label may be used: the model neither abstains nor finds the field foreign. */
    public boolean isAnswered(int tile) {
        return doubts(tile) == 0;
    }

    private byte doubts(int tile) {
        if (doubts[tile] == NOT_SET) {
            throw new IllegalStateException("field %d without a finding".formatted(tile));
        }
        return doubts[tile];
    }
}
