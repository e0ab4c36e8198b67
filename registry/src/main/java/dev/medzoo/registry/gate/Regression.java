package dev.medzoo.registry.gate;

import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.TestPredictions;
import dev.medzoo.zoo.artifact.TestPredictions.Picture;
import dev.medzoo.zoo.measure.Bootstrap;
import dev.medzoo.zoo.measure.ConfusionMatrix;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Compares the metrics of two versions on their predictions for the same test pictures. */
public sealed interface Regression {
    /** The seed is the bootstrap's own. */
    int DRAWS = 2000;

    /**
     * Fewer groups cannot speak against chance at 5 %, were they all to agree (sign test, two
     * sides: 2^(1-5) = 0.06).
     */
    int LEAST_GROUPS = 6;

    /** Whether the next version is worse beyond chance. */
    boolean isSignificant();

    /** For a person. */
    String message();

    /**
     * Both spoke of the same pictures.
     *
     * @param groups of pictures, which were drawn with replacement, each draw for both versions
     * @param macroF1 of the next version less that of the one now, with its 95 % interval
     * @param balancedAccuracy the same
     */
    record Compared(int groups, Estimate macroF1, Estimate balancedAccuracy) implements Regression {
        /** When a whole interval lies below 0, and there are groups enough to tell. */
        @Override
        public boolean isSignificant() {
            return groups >= LEAST_GROUPS && (macroF1.high() < 0 || balancedAccuracy.high() < 0);
        }

        @Override
        public String message() {
            String verdict = isSignificant() ? "a significant regression" : "no regression";
            if (groups < LEAST_GROUPS) {
                verdict =
                        "undecided: %d groups (expected: at least %d)"
                                .formatted(groups, LEAST_GROUPS);
            }
            return "macro-F1 %s, balanced accuracy %s over %d groups: %s"
                    .formatted(text(macroF1), text(balancedAccuracy), groups, verdict);
        }

        private static String text(Estimate of) {
            return String.format(
                    Locale.ROOT, "%+.3f [%+.3f, %+.3f]", of.value(), of.low(), of.high());
        }
    }

    /**
     * They spoke of other pictures, so that nothing can be said.
     *
     * @param how they differ
     */
    record OtherPictures(String how) implements Regression {
        @Override
        public boolean isSignificant() {
            return false;
        }

        @Override
        public String message() {
            return "not comparable: " + how;
        }
    }

    /**
     * One of them left nothing to compare.
     *
     * @param version that has no predictions
     */
    record NoPredictions(String version) implements Regression {
        @Override
        public boolean isSignificant() {
            return false;
        }

        @Override
        public String message() {
            return "not comparable: %s has no predictions.csv".formatted(version);
        }
    }

    /** Compares two versions. */
    static Regression between(ArtifactContent now, ArtifactContent next) {
        Optional<TestPredictions> before = now.predictions();
        Optional<TestPredictions> after = next.predictions();
        if (before.isEmpty() || after.isEmpty()) {
            ArtifactContent without = before.isEmpty() ? now : next;
            return new NoPredictions(
                    without.artifact().name() + " " + without.artifact().version());
        }
        return between(before.get(), after.get());
    }

    /** Compares what two versions said. */
    static Regression between(TestPredictions now, TestPredictions next) {
        List<Picture> before = now.pictures();
        List<Picture> after = next.pictures();
        if (!now.labels().equals(next.labels())) {
            return new OtherPictures("labels %s and %s".formatted(now.labels(), next.labels()));
        }
        List<String> known = before.stream().map(Regression::identity).toList();
        List<String> own = after.stream().map(Regression::identity).toList();
        if (!known.equals(own)) {
            Set<String> both = new HashSet<>(known);
            both.retainAll(own);
            return new OtherPictures(
                    "%d and %d pictures, of which %d are in both with the same label and group"
                            .formatted(known.size(), own.size(), both.size()));
        }
        List<String> groups = before.stream().map(Picture::group).toList();
        int labels = now.labels().size();
        Map<String, Estimate> differences =
                Bootstrap.estimates(
                        groups, drawn -> differences(before, after, labels, drawn), DRAWS);
        return new Compared(
                (int) groups.stream().distinct().count(),
                Objects.requireNonNull(differences.get("macroF1")),
                Objects.requireNonNull(differences.get("balancedAccuracy")));
    }

    private static String identity(Picture picture) {
        return picture.sha256() + " " + picture.label() + " " + picture.group();
    }

    private static Map<String, Double> differences(
            List<Picture> before, List<Picture> after, int labels, int[] drawn) {
        ConfusionMatrix was = confusion(before, labels, drawn);
        ConfusionMatrix is = confusion(after, labels, drawn);
        return Map.of(
                "macroF1", is.macroF1() - was.macroF1(),
                "balancedAccuracy", is.balancedAccuracy() - was.balancedAccuracy());
    }

    private static ConfusionMatrix confusion(List<Picture> pictures, int labels, int[] drawn) {
        ConfusionMatrix confusion = new ConfusionMatrix(labels);
        for (int i : drawn) {
            confusion.add(pictures.get(i).label(), pictures.get(i).named());
        }
        return confusion;
    }
}
