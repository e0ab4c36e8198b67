package dev.medzoo.serving.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On a clock of its own. */
class RefusalThrottleTest {
    private static final long MILLI = 1_000_000;
    private static final long START = 7;

    private final RefusalThrottle pace = new RefusalThrottle(2, START);

    @Test
    void holdsNobodyBackWhoComesNowAndThen() {
        for (long i = 0; i < 1000; i++) {
            assertThat(pace.hold(START + 2 * i * MILLI)).isZero();
        }
    }

    @Test
    void spacesThoseThatComeAtOnceManyAtATime() {
        for (long i = 0; i < 100; i++) {
            long due = (2 * i + 39) / 40 * 40;
            assertThat(pace.hold(START)).isEqualTo(Duration.ofMillis(due));
        }
        assertThat(pace.hold(START + 200 * MILLI)).isZero();
    }

    @Test
    void letsThemGoAtTheSameTimesWheneverTheyCame() {
        pace.hold(START);
        for (long i = 1; i < 19; i++) {
            assertThat(pace.hold(START + i * MILLI)).isEqualTo(Duration.ofMillis(40 - i));
        }
    }

    @Test
    void holdsNobodyBackLongerThanASecond() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(pace.hold(START)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertThat(pace.hold(START + 2000 * MILLI)).isZero();
    }
}
