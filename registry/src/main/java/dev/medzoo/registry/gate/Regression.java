package dev.medzoo.registry.gate;

import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.TestPredictions;
import dev.medzoo.zoo.measure.PairedDifference;
import java.util.Locale;
import java.util.Optional;

/** Compares the metrics of two versions on their predictions for the same test pictures. */
public sealed interface Regression {
    /** Whether the next version is worse beyond chance. */
    boolean isSignificant();

    /** For a person. */
    String message();

    /**
     * Both spoke of the same pictures.
     *
     * @param difference of the next version from the one now
     */
    record Compared(PairedDifference difference) implements Regression {
        @Override
        public boolean isSignificant() {
            return difference.isWorse();
        }

        @Override
        public String message() {
            int groups = difference.groups();
            String verdict = isSignificant() ? "a significant regression" : "no regression";
            if (!difference.isDecidable()) {
                verdict =
                        "undecided: %d groups (expected: at least %d)"
                                .formatted(groups, PairedDifference.LEAST_GROUPS);
            }
            return "macro-F1 %s, balanced accuracy %s over %d groups: %s"
                    .formatted(
                            text(difference.macroF1()),
                            text(difference.balancedAccuracy()),
                            groups,
                            verdict);
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
        return PairedDifference.obstacle(now, next)
                .<Regression>map(OtherPictures::new)
                .orElseGet(() -> new Compared(PairedDifference.between(now, next)));
    }
}
