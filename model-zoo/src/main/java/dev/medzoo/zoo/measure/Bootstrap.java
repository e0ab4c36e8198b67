package dev.medzoo.zoo.measure;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * 95 % percentile intervals from drawing whole groups with replacement (cluster bootstrap, Field
 * and Welsh 2007): pictures of one lesion or slide are not independent.
 */
public final class Bootstrap {
    private static final int DRAWS = 1000;
    private static final long SEED = 20210329;
    private static final double[] NONE = {};

    private Bootstrap() {}

    /** Of any figures, from 1000 draws. */
    public static Map<String, Estimate> estimates(
            List<String> groups, Function<int[], Map<String, Double>> figures) {
        return estimates(groups, figures, DRAWS);
    }

    /**
     * Of any figures.
     *
     * @param groups of each picture
     * @param figures of some pictures, by name; NaN where they are undefined
     * @param draws of all groups, the same for the same groups
     * @return without the figures that are undefined on all pictures together
     */
    public static Map<String, Estimate> estimates(
            List<String> groups, Function<int[], Map<String, Double>> figures, int draws) {
        int[][] members = members(groups);
        Map<String, Double> measured = figures.apply(IntStream.range(0, groups.size()).toArray());
        Map<String, double[]> drawn = new LinkedHashMap<>();
        measured.keySet().forEach(name -> drawn.put(name, new double[draws]));
        Random random = new Random(SEED);
        for (int draw = 0; draw < draws; draw++) {
            Map<String, Double> of = figures.apply(draw(members, random));
            int now = draw;
            drawn.forEach((name, values) -> values[now] = of.getOrDefault(name, Double.NaN));
        }
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        measured.forEach(
                (name, value) -> {
                    if (Double.isFinite(value)) {
                        estimates.put(name, estimate(value, drawn.getOrDefault(name, NONE)));
                    }
                });
        return estimates;
    }

    private static Estimate estimate(double value, double[] drawn) {
        double[] sorted = Arrays.stream(drawn).filter(Double::isFinite).sorted().toArray();
        return new Estimate(value, percentile(sorted, 0.025), percentile(sorted, 0.975));
    }

    private static int[][] members(List<String> groups) {
        Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            byGroup.computeIfAbsent(groups.get(i), group -> new ArrayList<>()).add(i);
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

    /** The value below which a share of sorted values lies: between the two nearest, linearly. */
    public static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double rank = share * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
