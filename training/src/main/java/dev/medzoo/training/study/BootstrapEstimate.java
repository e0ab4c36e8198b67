package dev.medzoo.training.study;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.measure.Bootstrap;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A measured value with its bootstrap replicates over groups. Two estimates from the same draws of
 * the same groups are paired: their difference has replicates too.
 */
final class BootstrapEstimate {
    private final double value;
    private final double[] draws;

    BootstrapEstimate(double value, double[] draws) {
        this.value = value;
        this.draws = draws.clone();
    }

    static BootstrapEstimate mean(List<BootstrapEstimate> of) {
        double[] mean = new double[of.get(0).draws.length];
        for (BootstrapEstimate one : of) {
            Arrays.setAll(mean, draw -> mean[draw] + one.draws[draw] / of.size());
        }
        return new BootstrapEstimate(
                of.stream().mapToDouble(one -> one.value / of.size()).sum(), mean);
    }

    /** The mean over seeds that are drawn with replacement too, each time the groups are. */
    static BootstrapEstimate meanOverSeeds(List<BootstrapEstimate> of, long randomSeed) {
        Random random = new Random(randomSeed);
        double[] mean = new double[of.get(0).draws.length];
        for (int draw = 0; draw < mean.length; draw++) {
            for (int one = 0; one < of.size(); one++) {
                mean[draw] += of.get(random.nextInt(of.size())).draws[draw] / of.size();
            }
        }
        return new BootstrapEstimate(mean(of).value, mean);
    }

    BootstrapEstimate minus(BootstrapEstimate other) {
        double[] difference = new double[draws.length];
        Arrays.setAll(difference, draw -> draws[draw] - other.draws[draw]);
        return new BootstrapEstimate(value - other.value, difference);
    }

    double value() {
        return value;
    }

    /** The value with its 95 % percentile interval; draws without a value are left out. */
    Estimate interval() {
        double[] sorted = finite();
        Arrays.sort(sorted);
        return new Estimate(
                value, Bootstrap.percentile(sorted, 0.025), Bootstrap.percentile(sorted, 0.975));
    }

    /**
     * Two-sided p of a difference of nothing: twice the share of draws on the rarer side of 0, the
     * measured sample counted as one of them (Davison and Hinkley 1997, section 4.2). However often
     * few groups are drawn, p is not below the chance that they all agree by luck, as in a sign
     * test.
     *
     * @param groups that were drawn from
     */
    double p(int groups) {
        double[] finite = finite();
        long below = Arrays.stream(finite).filter(draw -> draw <= 0).count();
        long above = Arrays.stream(finite).filter(draw -> draw >= 0).count();
        double p = 2 * (Math.min(below, above) + 1.0) / (finite.length + 1);
        return Math.min(1, Math.max(p, leastP(groups)));
    }

    /** The smallest p that so many groups can give, however they differ. */
    static double leastP(int groups) {
        return Math.max(Math.pow(2, 1 - groups), 2.0 / (ClusterBootstrap.DRAWS + 1));
    }

    private double[] finite() {
        return Arrays.stream(draws).filter(Double::isFinite).toArray();
    }
}
