package dev.medzoo.training.study;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import java.util.Locale;

/** Numbers as the page writes them. */
final class NumberText {
    private NumberText() {}

    static String three(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }

    /** Such as {@code 0.912 [0.880, 0.941]}. */
    static String interval(Estimate of) {
        return three(of.value()) + " [" + three(of.low()) + ", " + three(of.high()) + "]";
    }

    static String signedInterval(Estimate of) {
        return signed(of.value()) + " [" + signed(of.low()) + ", " + signed(of.high()) + "]";
    }
}
