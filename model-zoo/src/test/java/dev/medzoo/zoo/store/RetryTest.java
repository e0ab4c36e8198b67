package dev.medzoo.zoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final TransientException broken = new TransientException("broken", (Throwable) null);

    private final List<Duration> waits = new ArrayList<>();
    private final Retry retry = new Retry(TestStores.time(waits));

    @Test
    void waitsTwiceAsLongEachTimeAndGivesUp() throws Exception {
        for (int i = 1; i < Retry.MOST; i++) {
            retry.after(broken);
        }
        for (int i = 0; i < waits.size(); i++) {
            assertThat(waits.get(i).toMillis()).isBetween(250L << i, 500L << i);
        }
        assertThatThrownBy(() -> retry.after(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("broken, tried 6 times")
                .hasCause(broken);
        assertThat(waits).hasSize(Retry.MOST - 1);
    }

    @Test
    void waitsAsLongAsTheServerWishesUpToABound() throws Exception {
        retry.after(new TransientException("busy", Duration.ofSeconds(7)));
        retry.after(new TransientException("busy", Duration.ofDays(1)));
        retry.after(new TransientException("busy", Duration.ofDays(-1)));
        assertThat(waits.subList(0, 2)).containsExactly(Duration.ofSeconds(7), Retry.LONGEST_WAIT);
        assertThat(waits.get(2)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void endsInTimeHoweverMuchEachAttemptBrings() throws Exception {
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                retry.progressed();
                                retry.after(new TransientException("slow", Duration.ofDays(1)));
                            }
                        })
                .isInstanceOf(IOException.class)
                .hasMessage("slow, tried 1 times");
        assertThat(waits).hasSize(60);
    }

    @Test
    void stopsWhenItIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Retry(RetryClock.REAL).after(broken))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("broken, then interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
