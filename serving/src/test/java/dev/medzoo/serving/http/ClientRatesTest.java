package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRatesTest {
    private long nanos;

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 1_000_000_000})
    void letsABurstThroughAndThenSoManyASecond(long start) {
        nanos = start;
        ClientRates rates = new ClientRates(2, 3, () -> nanos);

        assertThat(taken(rates, "a")).isEqualTo(3);
        assertThat(rates.tryAcquire("a")).contains(Duration.ofMillis(500));
        passMillis(499);
        assertThat(rates.tryAcquire("a")).contains(Duration.ofMillis(1));
        passMillis(1);
        assertThat(taken(rates, "a")).isEqualTo(1);
        passMillis(1000);
        assertThat(taken(rates, "a")).isEqualTo(2);
        passMillis(60_000);
        assertThat(taken(rates, "a")).isEqualTo(3);
    }

    @Test
    void theWaitThatItNamesIsExact() {
        ClientRates rates = new ClientRates(0.3, 1, () -> nanos);
        taken(rates, "a");
        for (int i = 0; i < 100; i++) {
            nanos += 7_777_777L * i;
            if (rates.tryAcquire("a").isEmpty()) {
                continue;
            }
            long wait = rates.tryAcquire("a").orElseThrow().toNanos();
            nanos += wait - 1;
            assertThat(rates.tryAcquire("a")).contains(Duration.ofNanos(1));
            nanos++;
            assertThat(rates.tryAcquire("a")).isEmpty();
        }
    }

    @Test
    void oneClientCostsAnotherNothing() {
        ClientRates rates = new ClientRates(1, 2, () -> nanos);

        assertThat(taken(rates, "a")).isEqualTo(2);
        assertThat(taken(rates, "b")).isEqualTo(2);
    }

    @Test
    void remembersOnlyThoseWhoAskedLast() {
        ClientRates rates = new ClientRates(1, 1, () -> nanos, 3);
        for (String client : new String[] {"a", "b", "c", "a", "d"}) {
            rates.tryAcquire(client);
        }

        assertThat(rates.clients()).isEqualTo(3);
        assertThat(rates.tryAcquire("a")).isPresent();
        assertThat(rates.tryAcquire("b")).as("forgotten").isEmpty();

        ClientRates many = new ClientRates(1, 1, () -> nanos);
        for (int i = 0; i < 50_000; i++) {
            many.tryAcquire("client " + i);
        }
        assertThat(many.clients()).isEqualTo(ClientRates.MOST_CLIENTS);
    }

    @Test
    void countsRightWhenManyThreadsAsk() throws InterruptedException {
        ClientRates rates = new ClientRates(1, 1000, () -> nanos);
        AtomicInteger allowed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            threads.execute(() -> allowed.addAndGet(taken(rates, "a")));
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(10, TimeUnit.MINUTES)).isTrue();
        assertThat(allowed).hasValue(1000);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "NaN, 1", "Infinity, 1", "1, 0", "1, 1000001"})
    void refusesLimitsThatLimitNothing(double rate, int burst) {
        assertThatThrownBy(() -> new ClientRates(rate, burst, () -> nanos))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    private static int taken(ClientRates rates, String client) {
        int taken = 0;
        while (rates.tryAcquire(client).isEmpty()) {
            taken++;
        }
        return taken;
    }

    private void passMillis(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }
}
