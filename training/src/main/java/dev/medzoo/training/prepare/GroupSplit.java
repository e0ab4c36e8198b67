package dev.medzoo.training.prepare;

import dev.medzoo.zoo.data.FaultyDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Assigns whole groups to splits, so that every split has every class and about its share of each.
 * Of {@value #ATTEMPTS} random assignments it keeps the one closest to the shares. The same
 * pictures in the same order and the same seed give the same split, regardless of the groups'
 * names.
 */
final class GroupSplit {
    private static final int ATTEMPTS = 32;

    private final List<String> sides;
    private final double[] shares;
    private final List<String> labels;
    private final int[] all;
    private final List<int[]> groups;

    private GroupSplit(
            List<String> sides, double[] shares, List<String> labels, List<int[]> groups) {
        this.sides = sides;
        this.shares = shares;
        this.labels = labels;
        this.groups = groups;
        all = new int[labels.size()];
        groups.forEach(group -> add(all, group));
    }

    /** What a split needs to know of a picture. */
    record Member(String group, String label) {}

    /**
     * Assigns pictures to splits.
     *
     * @param sides names of the splits, two or three, each of which must have every class
     * @return the split of each picture
     * @throws FaultyDataException when no such split is found, saying what is missing
     */
    static List<String> assign(List<Member> members, List<String> sides, Shares shares, long seed) {
        List<String> labels = members.stream().map(Member::label).distinct().sorted().toList();
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (Member member : members) {
            counts.computeIfAbsent(member.group(), group -> new int[labels.size()])[
                    labels.indexOf(member.label())]++;
        }
        double total = sides.stream().mapToDouble(shares::of).sum();
        double[] wanted = sides.stream().mapToDouble(side -> shares.of(side) / total).toArray();
        GroupSplit split = new GroupSplit(sides, wanted, labels, List.copyOf(counts.values()));
        int[] sideOf = split.best(new Random(seed));
        Map<String, String> named = new HashMap<>();
        int group = 0;
        for (String name : counts.keySet()) {
            named.put(name, sides.get(sideOf[group++]));
        }
        return members.stream().map(member -> String.valueOf(named.get(member.group()))).toList();
    }

    /** The split of each group in the assignment closest to the shares. */
    private int[] best(Random random) {
        FaultyDataException.refuse(scarce());
        int[] best = {};
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ATTEMPTS; i++) {
            Assignment assignment = new Assignment(random);
            double distance = assignment.distance();
            if (distance < least) {
                least = distance;
                best = assignment.sideOf;
            }
        }
        if (best.length == 0) {
            throw new FaultyDataException(
                    List.of(
                            "split: %d groups of %s (expected: groups that can give each of %s every"
                                            .formatted(groups.size(), labels, sides)
                                    + " class; add pictures of other patients, or of one class a"
                                    + " group)"));
        }
        return best;
    }

    /** Classes with too few groups for all splits. */
    private List<String> scarce() {
        List<String> faults = new ArrayList<>();
        if (labels.size() < 2) {
            faults.add("classes: %s (expected: at least two)".formatted(labels));
        }
        for (int label = 0; label < labels.size(); label++) {
            int of = label;
            long having = groups.stream().filter(group -> group[of] > 0).count();
            if (having < sides.size()) {
                faults.add(
                        "class %s: %d pictures in %d groups (expected: at least %d groups, one each for %s; add pictures of other patients or lesions, or leave the class out: --without %s)"
                                .formatted(
                                        labels.get(label),
                                        all[label],
                                        having,
                                        sides.size(),
                                        String.join(", ", sides),
                                        labels.get(label)));
            }
        }
        return faults;
    }

    private static void add(int[] to, int[] group) {
        for (int i = 0; i < to.length; i++) {
            to[i] += group[i];
        }
    }

    private static int size(int[] group) {
        return Arrays.stream(group).sum();
    }

    /** One random assignment. */
    private final class Assignment {
        private final int[] sideOf = new int[groups.size()];
        private final int[][] counts = new int[sides.size()][labels.size()];

        /** Unassigned groups, the largest first; equal ones in random order. */
        private final List<Integer> left = new ArrayList<>();

        Assignment(Random random) {
            for (int group = 0; group < sideOf.length; group++) {
                left.add(group);
            }
            Collections.shuffle(left, random);
            left.sort(Comparator.comparingInt(group -> -size(groups.get(group))));
            rarestFirst().forEach(this::everywhere);
            for (int group : left) {
                put(group, neediest(groups.get(group)));
            }
        }

        /** The classes, those with the fewest groups first. */
        private List<Integer> rarestFirst() {
            Map<Integer, Integer> having = new TreeMap<>();
            for (int label = 0; label < labels.size(); label++) {
                int of = label;
                having.put(label, (int) groups.stream().filter(each -> each[of] > 0).count());
            }
            return having.keySet().stream()
                    .sorted(Comparator.comparingInt(label -> having.getOrDefault(label, 0)))
                    .toList();
        }

        /** Gives each split that lacks a class a small group of it, and train a large one. */
        private void everywhere(int label) {
            for (int side = sides.size() - 1; side >= 0; side--) {
                if (counts[side][label] > 0) {
                    continue;
                }
                boolean isLarge = sides.get(side).equals("train");
                @Nullable Integer found = null;
                for (Integer group : left) {
                    if (groups.get(group)[label] > 0 && (found == null || !isLarge)) {
                        found = group;
                    }
                }
                if (found != null) {
                    left.remove(found);
                    put(found, side);
                }
            }
        }

        private void put(int group, int side) {
            sideOf[group] = side;
            add(counts[side], groups.get(group));
        }

        private int neediest(int[] group) {
            int best = 0;
            for (int side = 1; side < counts.length; side++) {
                if (growth(side, group) < growth(best, group)) {
                    best = side;
                }
            }
            return best;
        }

        /** Increase of the squared distance to the shares when a split gets a group. */
        private double growth(int side, int[] group) {
            double growth = 0;
            for (int label = 0; label < all.length; label++) {
                double off = (double) counts[side][label] / all[label] - shares[side];
                double more = (double) group[label] / all[label];
                growth += more * (2 * off + more) / shares[side];
            }
            return growth;
        }

        /** Squared distance to the shares; infinite if a split lacks a class. */
        private double distance() {
            double sum = 0;
            for (int side = 0; side < counts.length; side++) {
                for (int label = 0; label < all.length; label++) {
                    if (counts[side][label] == 0) {
                        return Double.POSITIVE_INFINITY;
                    }
                    double off = (double) counts[side][label] / all[label] - shares[side];
                    sum += off * off / shares[side];
                }
            }
            return sum;
        }
    }
}
