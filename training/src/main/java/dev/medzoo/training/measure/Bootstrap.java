package dev.medzoo.training.measure;

import dev.medzoo.zoo.ModelCard.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * 95 % percentile intervals from drawing whole groups with replacement (cluster bootstrap, Field
 * and Welsh 2007): pictures of one lesion or slide are not independent.
 */
public final class Bootstrap {
    private static final int DRAWS = 1000;
    private static final long SEED = 20210329;

    private Bootstrap() {}

    public static Map<String, Estimate> estimates(Scores scores, double temperature) {
        int[][] groups = groups(scores);
        Measures measures = new Measures(scores, temperature);
        Map<String, Double> measured = measures.of(Measures.all(scores));
        Map<String, double[]> drawn = new LinkedHashMap<>();
        measured.keySet().forEach(name -> drawn.put(name, new double[DRAWS]));
        Random random = new Random(SEED);
        for (int draw = 0; draw < DRAWS; draw++) {
            Map<String, Double> of = measures.of(draw(groups, random));
            int now = draw;
            drawn.forEach((name, values) -> values[now] = of.getOrDefault(name, Double.NaN));
        }
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        drawn.forEach(
                (name, values) -> {
                    double value = measured.getOrDefault(name, Double.NaN);
                    double[] sorted = Arrays.stream(values).filter(Double::isFinite).toArray();
                    Arrays.sort(sorted);
                    estimates.put(
                            name,
                            new Estimate(
                                    value, percentile(sorted, 0.025), percentile(sorted, 0.975)));
                });
        return estimates;
    }

    private static int[][] groups(Scores scores) {
        Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < scores.size(); i++) {
            byGroup.computeIfAbsent(scores.groups().get(i), group -> new ArrayList<>()).add(i);
        }
        return byGroup.values().stream()
                .map(of -> of.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static int[] draw(int[][] groups, Random random) {
        int[][] drawn = new int[groups.length][];
        Arrays.setAll(drawn, i -> groups[random.nextInt(groups.length)]);
        return Arrays.stream(drawn).flatMapToInt(Arrays::stream).toArray();
    }

    /** Between the two nearest ranks, linearly. */
    private static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double rank = share * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
