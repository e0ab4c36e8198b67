package dev.medzoo.serving.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Test
    void waitsDoubleUpToTheLongestAndAreDrawn() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), LONGEST, new Random(1));
        for (int failures = 1; failures < 2000; failures++) {
            long whole = failures > 9 ? 300_000 : 1000L << (failures - 1);
            assertThat(backoff.after(failures, Duration.ZERO).toMillis())
                    .isBetween(whole / 2, whole);
        }
        assertThat(
                        Stream.generate(() -> backoff.after(5, Duration.ZERO))
                                .limit(20)
                                .distinct()
                                .count())
                .isGreaterThan(10);
    }

    @Test
    void waitsAsLongAsTheOtherSideWishesButNotForEver() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), LONGEST, new Random(1));
        assertThat(backoff.after(1, Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(20));
        assertThat(backoff.after(1, Duration.ofDays(20))).isEqualTo(LONGEST);
    }
}
