package dev.medzoo.benchmarks.serving;

import java.util.Arrays;

/** How long requests took. */
final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    void add(long each) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = each;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    /**
     * What so many percent took at most.
     *
     * @param percent in (0, 100]
     * @return in milliseconds; {@code NaN} when there are none
     */
    double percentileMillis(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(count * percent / 100) - 1)] / 1e6;
    }
}
