package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void aPercentileIsTheLeastValueThatSoManyDoNotExceed() {
        Latencies latencies = new Latencies();
        for (int millis = 2000; millis > 0; millis--) {
            latencies.add(millis * 1_000_000L);
        }
        assertThat(latencies.percentileMillis(50)).isEqualTo(1000);
        assertThat(latencies.percentileMillis(99)).isEqualTo(1980);
        assertThat(latencies.percentileMillis(100)).isEqualTo(2000);
    }

    @Test
    void ofNoneThereIsNoPercentile() {
        assertThat(new Latencies().percentileMillis(99)).isNaN();
    }
}
