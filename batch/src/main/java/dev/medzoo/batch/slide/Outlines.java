package dev.medzoo.batch.slide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Outlines of regions of a grid: fields of one class that share an edge are a region. An outline is
 * a ring of corners, of which the first is also the last; the first ring is the outer one, each
 * other one a hole. Fields that touch at a corner alone are regions of their own.
 */
final class Outlines {
    private final int columns;
    private final int rows;
    private final int[] classes;
    private final int[] regions;

    /**
     * A region.
     *
     * @param label its class
     * @param fields indices of its fields in the grid
     * @param rings of corners, column and row by turns
     */
    record Region(int label, List<Integer> fields, List<List<Integer>> rings) {}

    /**
     * @param classes of the fields, row by row; below 0 for none
     */
    Outlines(int columns, int rows, int[] classes) {
        this.columns = columns;
        this.rows = rows;
        this.classes = classes;
        regions = new int[classes.length];
        Arrays.fill(regions, -1);
    }

    /** All regions, in reading order of their first fields. */
    List<Region> regions() {
        List<Region> all = new ArrayList<>();
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] >= 0 && regions[i] < 0) {
                List<Integer> fields = flood(i, all.size());
                all.add(new Region(classes[i], fields, rings(fields, all.size())));
            }
        }
        return all;
    }

    private List<Integer> flood(int first, int region) {
        List<Integer> fields = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(first));
        regions[first] = region;
        while (!open.isEmpty()) {
            int field = open.pop();
            fields.add(field);
            int column = field % columns;
            visit(field - columns, field >= columns, classes[first], region, open);
            visit(field + columns, field + columns < classes.length, classes[first], region, open);
            visit(field - 1, column > 0, classes[first], region, open);
            visit(field + 1, column < columns - 1, classes[first], region, open);
        }
        return fields;
    }

    private void visit(int field, boolean isInside, int label, int region, Deque<Integer> open) {
        if (isInside && classes[field] == label && regions[field] < 0) {
            regions[field] = region;
            open.push(field);
        }
    }

    private boolean isIn(int column, int row, int region) {
        boolean isInside = column >= 0 && row >= 0 && column < columns && row < rows;
        return isInside && regions[row * columns + column] == region;
    }

    /**
     * Joins the edges between the region and what is around it to rings. Each edge has the region
     * on its right. Where four edges meet in a corner the ring turns left, away from the region:
     * rings may then touch one another there, as a hole may its outline, but none touches itself.
     */
    private List<List<Integer>> rings(List<Integer> fields, int region) {
        Map<Long, Integer> edges = new HashMap<>();
        for (int field : fields) {
            int column = field % columns;
            int row = field / columns;
            edge(edges, column, row, 0, !isIn(column, row - 1, region));
            edge(edges, column + 1, row, 1, !isIn(column + 1, row, region));
            edge(edges, column + 1, row + 1, 2, !isIn(column, row + 1, region));
            edge(edges, column, row + 1, 3, !isIn(column - 1, row, region));
        }
        Set<Long> used = new HashSet<>();
        List<List<Integer>> rings = new ArrayList<>();
        for (int field : fields) {
            int column = field % columns;
            int row = field / columns;
            // Every ring has an edge above a field.
            if (has(edges, column, row, 0) && !used.contains(corner(column, row))) {
                rings.add(ring(edges, used, column, row));
            }
        }
        rings.sort(Comparator.comparingDouble(Outlines::area).reversed());
        return rings;
    }

    /** Directions: right, down, left, up, in the sense of the clock around the region. */
    private static final int[] ACROSS = {1, 0, -1, 0};

    private static final int[] ALONG = {0, 1, 0, -1};

    private long corner(int column, int row) {
        return (long) row * (columns + 1) + column;
    }

    private void edge(Map<Long, Integer> edges, int column, int row, int way, boolean isEdge) {
        if (isEdge) {
            edges.merge(corner(column, row), 1 << way, (a, b) -> a | b);
        }
    }

    private boolean has(Map<Long, Integer> edges, int column, int row, int way) {
        return (edges.getOrDefault(corner(column, row), 0) & 1 << way) != 0;
    }

    /**
     * Follows the edges from one that leads to the right.
     *
     * @param used gets the corners at which such edges begin
     */
    private List<Integer> ring(
            Map<Long, Integer> edges, Set<Long> used, int startColumn, int startRow) {
        List<Integer> ring = new ArrayList<>();
        int column = startColumn;
        int row = startRow;
        int way = 0;
        do {
            if (way == 0) {
                used.add(corner(column, row));
            }
            column += ACROSS[way];
            row += ALONG[way];
            int next = next(edges, column, row, way);
            if (next != way) {
                ring.add(column);
                ring.add(row);
            }
            way = next;
        } while (column != startColumn || row != startRow || way != 0);
        ring.add(ring.get(0));
        ring.add(ring.get(1));
        return ring;
    }

    /** The way on from a corner: to the left if there is an edge, else straight on, else right. */
    private int next(Map<Long, Integer> edges, int column, int row, int way) {
        for (int turn : new int[] {3, 0, 1}) {
            int next = (way + turn) % 4;
            if (has(edges, column, row, next)) {
                return next;
            }
        }
        throw new IllegalStateException("an edge that leads nowhere");
    }

    /** Area within a ring, in fields. */
    private static double area(List<Integer> ring) {
        long twice = 0;
        for (int i = 0; i + 3 < ring.size(); i += 2) {
            twice +=
                    (long) ring.get(i) * ring.get(i + 3) - (long) ring.get(i + 2) * ring.get(i + 1);
        }
        return Math.abs(twice) / 2.0;
    }
}
