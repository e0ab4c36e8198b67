package dev.medzoo.training.prepare;

import java.util.List;

/**
 * Target sizes of the splits, as shares of the pictures of every class; {@code train} gets the
 * rest.
 *
 * @param val in (0, 1)
 * @param test in (0, 1)
 */
public record Shares(double val, double test) {
    /** 70, 15 and 15 %. */
    public static final Shares USUAL = new Shares(0.15, 0.15);

    /** The splits in their usual order. */
    static final List<String> SIDES = List.of("train", "val", "test");

    public Shares {
        if (!(val > 0 && test > 0 && val + test < 1)) {
            throw new IllegalArgumentException(
                    "shares: val %s, test %s (expected: each above 0, together below 1)"
                            .formatted(val, test));
        }
    }

    /** The share of a split. */
    double of(String side) {
        return side.equals("val") ? val : side.equals("test") ? test : 1 - val - test;
    }
}
