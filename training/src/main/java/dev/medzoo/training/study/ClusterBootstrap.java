package dev.medzoo.training.study;

import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.Scores;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Groups drawn with replacement, many times (cluster bootstrap, Field and Welsh 2007). All runs of
 * a comparison are measured on the same draws, which pairs them.
 */
final class ClusterBootstrap {
    static final int DRAWS = 2000;
    private static final long SEED = 20210329;

    private final List<String> groups;
    private final int[][] picks;

    ClusterBootstrap(Collection<String> groups) {
        this.groups = List.copyOf(new TreeSet<>(groups));
        int count = this.groups.size();
        Random random = new Random(SEED);
        picks = new int[DRAWS][];
        Arrays.setAll(picks, draw -> random.ints(count, 0, Math.max(1, count)).toArray());
    }

    /**
     * Measures pictures of these groups.
     *
     * @param keys of the measures
     */
    Map<String, BootstrapEstimate> of(Scores scores, Collection<String> keys) {
        int[][] pictures = byGroup(scores);
        Measures measures = new Measures(scores, 1);
        List<Map<String, Double>> drawn =
                IntStream.range(0, DRAWS)
                        .parallel()
                        .mapToObj(draw -> measures.of(picked(pictures, picks[draw])))
                        .toList();
        Map<String, Double> undrawn = measures.of(Measures.all(scores));
        Map<String, BootstrapEstimate> of = new HashMap<>();
        for (String key : keys) {
            double[] values = new double[DRAWS];
            Arrays.setAll(values, draw -> drawn.get(draw).getOrDefault(key, Double.NaN));
            of.put(key, new BootstrapEstimate(undrawn.getOrDefault(key, Double.NaN), values));
        }
        return of;
    }

    private int[][] byGroup(Scores scores) {
        Map<String, Integer> place = new HashMap<>();
        groups.forEach(group -> place.put(group, place.size()));
        int[][] pictures = new int[groups.size()][0];
        for (int i = 0; i < scores.size(); i++) {
            int group = place.getOrDefault(scores.groups().get(i), -1);
            int[] of = Arrays.copyOf(pictures[group], pictures[group].length + 1);
            of[of.length - 1] = i;
            pictures[group] = of;
        }
        return pictures;
    }

    private static int[] picked(int[][] pictures, int[] groups) {
        return Arrays.stream(groups).flatMap(group -> Arrays.stream(pictures[group])).toArray();
    }
}
