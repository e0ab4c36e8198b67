package dev.medzoo.training.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Maps values to positions on an axis, and chooses its ticks.
 *
 * @param low at the beginning
 * @param high at the end
 * @param step between two ticks, if the scale is linear
 * @param log whether the scale is logarithmic
 */
record Scale(double low, double high, double step, boolean log) {
    /** From 0 to 1. */
    static final Scale SHARE = new Scale(0, 1, 0.2, false);

    private static final double PARTS = 5;
    private static final double ROUNDING = 1e-9;

    /** Share of a logarithmic axis left free at both ends. */
    private static final double MARGIN = 0.04;

    /**
     * Chooses the scale of an axis for some values.
     *
     * @throws IllegalArgumentException for no values, or for a value without a logarithm
     */
    static Scale of(Axis axis, double[] values) {
        double low = Math.min(axis.low(), Arrays.stream(values).min().orElse(axis.low()));
        double high = Math.max(axis.high(), Arrays.stream(values).max().orElse(axis.high()));
        if (low > high || (axis.log() && low <= 0)) {
            throw new IllegalArgumentException(
                    "%s: from %s to %s (expected: a range%s)"
                            .formatted(axis.label(), low, high, axis.log() ? " above 0" : ""));
        }
        return axis.log() ? logarithmic(low, high) : linear(low, high, areWhole(values));
    }

    private static boolean areWhole(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == Math.rint(value));
    }

    private static Scale logarithmic(double low, double high) {
        double margin = low == high ? 2 : Math.pow(high / low, MARGIN);
        return new Scale(low / margin, high * margin, 0, true);
    }

    /** Creates a linear scale that begins and ends at ticks; integers have no ticks in between. */
    private static Scale linear(double low, double high, boolean integers) {
        if (low == high) {
            return linear(low - 0.5, high + 0.5, integers);
        }
        double rough = (high - low) / PARTS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * oneTwoOrFive(rough / power);
        if (integers && high - low > 1) {
            step = Math.max(1, step);
        }
        return new Scale(
                Math.floor(low / step + ROUNDING) * step,
                Math.ceil(high / step - ROUNDING) * step,
                step,
                false);
    }

    private static double oneTwoOrFive(double rough) {
        for (double nice : new double[] {1, 2, 5}) {
            if (rough <= nice + ROUNDING) {
                return nice;
            }
        }
        return 10;
    }

    /** Position in [0, 1] along the axis. */
    double at(double value) {
        return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (!log) {
            for (long i = Math.round(low / step); i <= Math.round(high / step); i++) {
                ticks.add(i * step);
            }
            return ticks;
        }
        double[] factors = high / low > 1000 ? new double[] {1} : new double[] {1, 2, 5};
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
            for (double factor : factors) {
                double tick = factor * Math.pow(10, power);
                if (tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** Formats a tick with the decimals that the ticks need. */
    String label(double tick) {
        if (log) {
            return Digits.four(tick);
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + ROUNDING));
        return String.format(Locale.ROOT, "%." + decimals + "f", tick);
    }
}
