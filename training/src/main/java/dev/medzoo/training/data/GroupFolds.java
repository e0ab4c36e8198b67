package dev.medzoo.training.data;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Assigns whole groups to folds, the largest first, each to the fold that keeps the classes most
 * balanced.
 */
public final class GroupFolds {
    private final int[][] counts;
    private final int[] all;

    private GroupFolds(int folds, int[] all) {
        counts = new int[folds][all.length];
        this.all = all;
    }

    /**
     * Assigns groups to folds in turn, in alphabetical order, regardless of classes.
     *
     * @param groups of each picture
     * @return the fold of each picture, from 0
     */
    public static int[] inTurn(List<String> groups, int folds) {
        Map<String, Integer> foldOf = new HashMap<>();
        for (String group : new TreeSet<>(groups)) {
            foldOf.put(group, foldOf.size() % folds);
        }
        return groups.stream().mapToInt(group -> foldOf.getOrDefault(group, 0)).toArray();
    }

    /** For each fold, the pictures of {@code test}, {@code train} and {@code val}, by split. */
    static List<Map<String, List<LabelledPicture>>> splits(
            List<LabelledPicture> pictures, int classes, int count, long seed) {
        Map<String, Integer> foldOf = of(pictures, classes, count, seed);
        List<Map<String, List<LabelledPicture>>> splits = new ArrayList<>();
        for (int fold = 0; fold < count; fold++) {
            Map<String, List<LabelledPicture>> of = new TreeMap<>();
            for (LabelledPicture picture : pictures) {
                int ahead = (foldOf.getOrDefault(picture.group(), 0) - fold + count) % count;
                String split = ahead == 0 ? "test" : ahead == 1 ? "val" : "train";
                of.computeIfAbsent(split, name -> new ArrayList<>()).add(picture);
            }
            splits.add(of);
        }
        return splits;
    }

    /** The fold of each group, from 0. */
    private static Map<String, Integer> of(
            List<LabelledPicture> pictures, int classes, int folds, long seed) {
        int[] all = new int[classes];
        Map<String, int[]> byGroup = new TreeMap<>();
        for (LabelledPicture picture : pictures) {
            all[picture.label()]++;
            byGroup.computeIfAbsent(picture.group(), group -> new int[classes])[picture.label()]++;
        }
        if (folds < 3 || folds > byGroup.size()) {
            throw new IllegalArgumentException(
                    "folds: %d (expected: 3..%d, the number of groups)"
                            .formatted(folds, byGroup.size()));
        }
        List<Map.Entry<String, int[]>> groups = new ArrayList<>(byGroup.entrySet());
        Collections.shuffle(groups, new Random(seed));
        groups.sort(Comparator.comparingInt(group -> -Arrays.stream(group.getValue()).sum()));
        GroupFolds into = new GroupFolds(folds, all);
        Map<String, Integer> foldOf = new HashMap<>();
        groups.forEach(group -> foldOf.put(group.getKey(), into.add(group.getValue())));
        return foldOf;
    }

    private int add(int[] group) {
        int best = 0;
        for (int fold = 1; fold < counts.length; fold++) {
            int closer = Double.compare(cost(fold, group), cost(best, group));
            if (closer < 0 || (closer == 0 && size(fold) < size(best))) {
                best = fold;
            }
        }
        for (int label = 0; label < all.length; label++) {
            counts[best][label] += group[label];
        }
        return best;
    }

    /**
     * Increase of the sum of squared class shares: smallest for the fold with the fewest of the
     * group's classes.
     */
    private double cost(int fold, int[] group) {
        double cost = 0;
        for (int label = 0; label < all.length; label++) {
            double has = (double) counts[fold][label] / all[label];
            double gets = (double) group[label] / all[label];
            cost += gets * (2 * has + gets);
        }
        return cost;
    }

    private int size(int fold) {
        return Arrays.stream(counts[fold]).sum();
    }
}
