package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On a clock of its own. */
class ExpectedWaitTest {
    private static final int WORKERS = 2;
    private static final long MILLI = 1_000_000;

    private final ExpectedWait expected = new ExpectedWait();
    private long now = 1000 * MILLI;

    @Test
    void isNothingBeforeTheFirstAnswer() {
        assertThat(expected.after(50, WORKERS)).isZero();
        assertThat(expected.ofOne()).isZero();
    }

    @Test
    void isWhatAPictureTakesOverTheWorkersUntilOthersHaveWaited() {
        answer(80, 80, false);

        assertThat(expected.ofOne()).isEqualTo(Duration.ofMillis(80));
        assertThat(expected.after(0, WORKERS)).isEqualTo(Duration.ofMillis(40));
        assertThat(expected.after(9, WORKERS)).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void isTheTimeBetweenAnswersTimesThoseBefore() {
        answer(80, 80, true);
        for (int i = 0; i < 100; i++) {
            // Another model has half of the cores: what a picture takes a worker does not tell.
            answer(100, 80, true);
        }

        assertThat(expected.after(0, WORKERS)).isEqualTo(Duration.ofMillis(100));
        assertThat(expected.after(29, WORKERS)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void learnsNothingFromAPoolThatIsIdle() {
        answer(80, 80, true);
        answer(40, 80, false);
        for (int i = 0; i < 100; i++) {
            answer(5000, 80, false);
        }

        assertThat(expected.after(0, WORKERS)).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void countsTheAnswersOfABatchEach() {
        answer(80, 20, true);
        for (int batch = 0; batch < 100; batch++) {
            answer(80, 20, true);
            for (int i = 0; i < 3; i++) {
                answer(0, 20, true);
            }
        }

        assertThat(expected.after(0, WORKERS).toNanos() / 1e6).isBetween(18.0, 22.0);
    }

    @Test
    void followsAPoolThatSlowsDownWithinAFactorOfTwoAfterThirtySixAnswers() {
        for (int i = 0; i < 200; i++) {
            answer(20, 40, true);
        }
        for (int i = 0; i < 36; i++) {
            answer(100, 200, true);
        }

        assertThat(expected.after(0, WORKERS).toMillis()).isBetween(50L, 100L);
    }

    @Test
    void isRightWithinAFactorOfTwoWhereTimesScatter() {
        Random random = new Random(1);
        answer(40, 40, true);
        for (int i = 0; i < 1000; i++) {
            answer((long) (-40 * Math.log(1 - random.nextDouble())), 80, true);
            if (i > 100) {
                assertThat(expected.after(0, WORKERS).toMillis()).isBetween(20L, 80L);
            }
        }
    }

    private void answer(long millisLater, long ownMillis, boolean othersWait) {
        now += millisLater * MILLI;
        expected.answered(now, ownMillis * MILLI, othersWait);
    }
}
