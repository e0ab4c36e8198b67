package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
    private static final double RATE = 150;
    private static final Duration WHOLE = Duration.ofSeconds(20);

    /** One that ends before leaves the server idle, and its throughput looks lower than it is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aScheduleGoesOnToTheEndOfItsPhase(long seed) {
        long[] due = new Load.Open(1, RATE, WHOLE, seed).dueAfter();

        assertThat(due).isSorted();
        assertThat(due[0]).isPositive();
        long last = due[due.length - 1];
        // A gap of ten times the mean one comes once in 22 000.
        assertThat(last).isBetween(WHOLE.toNanos() - (long) (10e9 / RATE), WHOLE.toNanos() - 1);
        // Five standard deviations of a Poisson process.
        double expected = RATE * WHOLE.toSeconds();
        assertThat((double) due.length).isBetween(expected - 275, expected + 275);
    }
}
