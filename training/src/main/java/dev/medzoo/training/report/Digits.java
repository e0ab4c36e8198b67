package dev.medzoo.training.report;

import java.math.BigDecimal;
import java.util.Locale;

/** Formats numbers without insignificant digits. */
final class Digits {
    private Digits() {}

    /** At most two decimals: a length in a drawing. */
    static String pixels(double value) {
        return plain(BigDecimal.valueOf(Math.round(value * 100), 2));
    }

    /** Four significant digits. */
    static String four(double value) {
        return plain(new BigDecimal(String.format(Locale.ROOT, "%.3e", value)));
    }

    /** A figure between 0 and 1, three decimals as in the card's tables. */
    static String share(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
