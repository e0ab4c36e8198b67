package dev.medzoo.training.measure;

import dev.medzoo.training.data.GroupFolds;
import dev.medzoo.translate.finding.Boundary;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.ForeignChecks;
import dev.medzoo.translate.finding.Gaussian;
import dev.medzoo.translate.finding.PictureStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Fits a {@link Domain} with {@link ForeignChecks}: what each part learns from training pictures
 * and from examples of foreign ones, and how far each may go.
 *
 * <p>The limits come from own pictures that the parts have not seen: those of {@code val}, and
 * those of {@code train} by cross-validation, whole groups at a time, as {@code val} may be a
 * single slide. The boundary's stands between most of the own and most of the foreign pictures,
 * nearer to the own; those of the two distances are as low as they can be while all parts together
 * flag few own ones.
 */
public final class ForeignFit {
    /** Most of the own pictures, held out, that all parts together flag. */
    public static final double FLAGGED = 0.04;

    private static final double OWN_TAIL = 0.03;
    private static final double FOREIGN_TAIL = 0.03;

    /** Most of the own pictures, held out, that either distance flags. */
    private static final double DISTANCE_TAIL = 0.01;

    /** Examples are told more easily than other pictures of their kind, so most is left to them. */
    private static final double OWN_SHARE = 0.25;

    private static final int FOLDS = 5;
    private static final double ROUNDING = 1e-4;
    private static final double LEAST_DISTANCE = 1e-6;

    /** Of the least contrast that an own picture has. */
    private static final double FLAT = 0.9;

    private static final double PENALTY = 1e-4;

    private ForeignFit() {}

    /**
     * Fits; all verdicts must have features and what the pictures look like.
     *
     * @param train what the parts are fitted to
     * @param val own pictures that the network never learned from
     * @param foreign examples of foreign pictures, at least one kind
     */
    public static Domain fit(Scores train, Scores val, List<Scores> foreign) {
        Parts parts = Parts.of(train, foreign);
        List<double[]> ofVal = parts.scores(val);
        List<double[]> held = new ArrayList<>(ofVal);
        held.addAll(parts.crossValidated(train, foreign));
        double[] limits = new double[Parts.COUNT];
        limits[Parts.BOUNDARY] = between(held, ofVal, foreign.stream().map(parts::scores).toList());
        lowerDistances(limits, held, ofVal);
        double contrast = Math.min(leastContrast(train.pictures()), leastContrast(val.pictures()));
        return parts.domain(limits, FLAT * contrast);
    }

    /**
     * The boundary's limit: a quarter of the way from what all but {@link #OWN_TAIL} of the
     * held-out own pictures, and of those of {@code val}, keep to what all but {@link
     * #FOREIGN_TAIL} of every foreign kind exceed, or the former where they overlap.
     */
    private static double between(
            List<double[]> held, List<double[]> ofVal, List<List<double[]>> foreign) {
        double upTo =
                Math.max(
                        quantile(held, Parts.BOUNDARY, 1 - OWN_TAIL),
                        quantile(ofVal, Parts.BOUNDARY, 1 - OWN_TAIL));
        double from =
                foreign.stream()
                        .mapToDouble(kind -> quantile(kind, Parts.BOUNDARY, FOREIGN_TAIL))
                        .min()
                        .orElseThrow();
        return Math.max(upTo, upTo + OWN_SHARE * (from - upTo));
    }

    /**
     * Sets the limits of the distances, each beyond equally many of the held-out pictures, such
     * that at most {@link #FLAGGED} of them, and of those of {@code val}, is beyond any limit.
     */
    private static void lowerDistances(double[] limits, List<double[]> held, List<double[]> ofVal) {
        for (int beyond = (int) (DISTANCE_TAIL * held.size()); beyond >= 0; beyond--) {
            double share = 1 - beyond / (double) held.size();
            for (int part = 0; part < Parts.BOUNDARY; part++) {
                limits[part] = quantile(held, part, share);
            }
            if (flagged(held, limits) <= FLAGGED && flagged(ofVal, limits) <= FLAGGED) {
                return;
            }
        }
    }

    private static double flagged(List<double[]> pictures, double[] limits) {
        long flagged =
                pictures.stream()
                        .filter(
                                of ->
                                        IntStream.range(0, of.length)
                                                .anyMatch(part -> of[part] > limits[part]))
                        .count();
        return flagged / (double) pictures.size();
    }

    /** The least score that at least a share of the pictures does not exceed. */
    private static double quantile(List<double[]> pictures, int part, double share) {
        double[] sorted = pictures.stream().mapToDouble(of -> of[part]).sorted().toArray();
        int rank = (int) Math.ceil(share * sorted.length - 1e-9);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }

    private static double leastContrast(List<PictureStatistics> pictures) {
        return pictures.stream().mapToDouble(PictureStatistics::contrast).min().orElse(1);
    }

    /** The three parts, without limits. */
    private record Parts(Gaussian features, Gaussian statistics, LogisticFit boundary) {
        static final int COUNT = 3;
        static final int BOUNDARY = 2;

        static Parts of(Scores own, List<Scores> foreign) {
            return of(own, each -> true, foreign, LogisticFit::of);
        }

        private static Parts of(
                Scores own, IntPredicate isOwn, List<Scores> foreign, BoundaryFit fit) {
            int[] pictures = IntStream.range(0, own.size()).filter(isOwn).toArray();
            return new Parts(
                    DomainFit.gaussian(
                            Arrays.stream(pictures).mapToObj(own.features()::get).toList()),
                    DomainFit.gaussian(
                            Arrays.stream(pictures)
                                    .mapToObj(i -> own.pictures().get(i).numbers())
                                    .toList()),
                    fit.of(
                            Arrays.stream(pictures).mapToObj(i -> both(own, i)).toList(),
                            foreign.stream().map(Parts::rows).toList(),
                            PENALTY));
        }

        /** From zero, or again from the result of another fit. */
        private interface BoundaryFit {
            LogisticFit of(List<double[]> own, List<List<double[]>> foreign, double penalty);
        }

        /** What fitting to the other groups says of each picture. */
        List<double[]> crossValidated(Scores own, List<Scores> foreign) {
            List<double[]> held = new ArrayList<>();
            int folds = Math.min(FOLDS, (int) own.groups().stream().distinct().count());
            int[] foldOf = GroupFolds.inTurn(own.groups(), folds);
            for (int i = 0; folds > 1 && i < folds; i++) {
                int fold = i;
                IntPredicate isHeld = each -> foldOf[each] == fold;
                Parts others = of(own, isHeld.negate(), foreign, boundary::again);
                held.addAll(others.scores(own, isHeld));
            }
            return held;
        }

        private static List<double[]> rows(Scores scores) {
            return IntStream.range(0, scores.size()).mapToObj(i -> both(scores, i)).toList();
        }

        /** Features, then statistics. */
        private static double[] both(Scores scores, int picture) {
            float[] features = scores.features().get(picture);
            float[] statistics = scores.pictures().get(picture).numbers();
            double[] both = new double[features.length + statistics.length];
            Arrays.setAll(
                    both, i -> i < features.length ? features[i] : statistics[i - features.length]);
            return both;
        }

        List<double[]> scores(Scores of) {
            return scores(of, each -> true);
        }

        List<double[]> scores(Scores of, IntPredicate isMeant) {
            return IntStream.range(0, of.size())
                    .filter(isMeant)
                    .mapToObj(
                            i ->
                                    new double[] {
                                        features.distance(of.features().get(i), "features"),
                                        statistics.distance(
                                                of.pictures().get(i).numbers(), "statistics"),
                                        boundary.logit(both(of, i))
                                    })
                    .toList();
        }

        /** So that rounding leaves the picture that gave a limit on its own side. */
        private static double above(double limit) {
            return DomainFit.rounded(limit * (1 + ROUNDING) + LEAST_DISTANCE);
        }

        Domain domain(double[] limits, double leastContrast) {
            double[] weights = boundary.weights();
            int split = features.mean().size();
            Boundary limited =
                    new Boundary(
                            DomainFit.rounded(Arrays.copyOf(weights, split)),
                            DomainFit.rounded(Arrays.copyOfRange(weights, split, weights.length)),
                            DomainFit.rounded(boundary.offset() - limits[BOUNDARY] - ROUNDING),
                            new Boundary.Sides(
                                    DomainFit.rounded(boundary.mean()),
                                    DomainFit.rounded(boundary.sideWeights())));
            return new Domain(features, above(limits[0]))
                    .with(
                            new ForeignChecks(
                                    DomainFit.rounded(leastContrast),
                                    statistics,
                                    above(limits[1]),
                                    limited));
        }
    }
}
