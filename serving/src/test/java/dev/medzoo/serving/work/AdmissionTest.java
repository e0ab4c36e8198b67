package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final int WORKERS = 2;
    private static final Duration ALONE = Duration.ofMillis(40);
    private static final Duration IN_A_QUEUE = Duration.ofSeconds(2);

    private final Admission admission = new Admission(WORKERS, 100);

    @Test
    void takesInAWholeQueueAtFirst() {
        assertThat(admission.limit()).isEqualTo(102);
        assertThat(admission.admit(100, () -> false)).isTrue();
        assertThat(admission.admit(3, () -> false)).isFalse();
        assertThat(admission.admit(2, () -> false)).isTrue();
        assertThat(admission.admit(1, () -> true)).isFalse();
    }

    @Test
    void underALoadThatLastsOnlyWhatIsSoonTakenMayWait() {
        last();

        assertThat(admission.limit()).isLessThan(4 * WORKERS);
        assertThat(admission.admit(WORKERS, () -> false)).isTrue();
        assertThat(admission.admit(1, () -> false)).isFalse();
        assertThat(admission.admit(1, () -> true)).isTrue();
        for (int i = admission.limit() - WORKERS - 1; i > 0; i--) {
            assertThat(admission.admit(1, () -> true)).isTrue();
        }
        assertThat(admission.admit(1, () -> true)).isFalse();
    }

    @Test
    void threeForTwoWorkersAreNeverTooMany() {
        last();

        assertThat(admission.limit()).isGreaterThanOrEqualTo(3);
        assertThat(admission.admit(3, () -> true)).isTrue();
        for (int i = 0; i < 3; i++) {
            admission.dropped();
        }
        assertThat(admission.admit(3, () -> true)).isTrue();
    }

    @Test
    void whereMostFindAWorkerFreeTheOthersMayWait() {
        last();
        for (int i = 0; i < 30; i++) {
            assertThat(admission.admit(1, () -> false)).isTrue();
            admission.dropped();
        }

        assertThat(admission.admit(WORKERS, () -> false)).isTrue();
        assertThat(admission.admit(1, () -> false)).isTrue();
    }

    /** Until a hundred in a row have waited in a queue. */
    private void last() {
        assertThat(admission.admit(1, () -> false)).isTrue();
        admission.answered(ALONE);
        int underWay = 0;
        for (int i = 0; i < 100; i++) {
            while (admission.admit(1, () -> true)) {
                underWay++;
            }
            admission.answered(IN_A_QUEUE);
            underWay--;
        }
        while (underWay-- > 0) {
            admission.dropped();
        }
    }
}
