package dev.medzoo.serving.work;

import static dev.medzoo.serving.work.SkinPools.BAD;
import static dev.medzoo.serving.work.SkinPools.LARGE;
import static dev.medzoo.serving.work.SkinPools.PICTURE;
import static dev.medzoo.serving.work.SkinPools.SKIN;
import static dev.medzoo.serving.work.SkinPools.kind;
import static dev.medzoo.serving.work.SkinPools.options;
import static dev.medzoo.serving.work.SkinPools.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.translate.finding.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class WorkerPoolTest {
    private final SkinPools pools = new SkinPools();

    @Test
    void skipsAPictureThatNobodyWaitsFor() throws Exception {
        try (WorkerPool pool = pools.start(options(1, 1, 10, 1))) {
            Job first = submit(pool, LARGE);
            Job gone = submit(pool, PICTURE);
            gone.refuse(Refusal.clientGone());
            Job last = submit(pool, PICTURE);

            assertThat(last.prediction().join().finding().model().name()).isEqualTo(SKIN);
            assertThat(first.prediction().join().batch()).isEqualTo(1);
            assertThat(kind(gone)).isEqualTo(Kind.CLIENT_GONE);
        }
    }

    @Test
    void computesWhatWaitsAtOnceAndSparesTheRestOneThatIsBad() throws Exception {
        try (WorkerPool pool = pools.start(options(1, 1, 10, 4))) {
            List<Job> batch =
                    List.of(Job.of(PICTURE), Job.of(BAD), Job.of(PICTURE), Job.of(PICTURE));
            assertThat(pool.submit(batch)).isTrue();

            assertThat(kind(batch.get(1))).isEqualTo(Kind.UNREADABLE_PICTURE);
            for (int i : new int[] {0, 2, 3}) {
                assertThat(batch.get(i).prediction().join().batch()).isEqualTo(3);
            }
        }
    }

    @Test
    void spoilsTheWholeBatchWhereItIsToBeLikeDjlServing() throws Exception {
        PoolOptions options =
                new PoolOptions(
                        1,
                        1,
                        10,
                        4,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60),
                        Duration.ofDays(1),
                        true);
        try (WorkerPool pool = pools.start(options)) {
            List<Job> batch =
                    List.of(Job.of(PICTURE), Job.of(BAD), Job.of(PICTURE), Job.of(PICTURE));
            assertThat(pool.submit(batch)).isTrue();

            for (Job each : batch) {
                assertThat(kind(each)).isEqualTo(Kind.UNREADABLE_PICTURE);
            }
        }
    }

    @Test
    void givesInABatchWhatItGivesAlone() throws Exception {
        try (WorkerPool pool = pools.start(options(1, 1, 10, 4))) {
            Finding alone = submit(pool, PICTURE).prediction().join().finding();
            List<Job> batch = List.of(Job.of(LARGE), Job.of(PICTURE), Job.of(LARGE));
            assertThat(pool.submit(batch)).isTrue();

            Prediction inBatch = batch.get(1).prediction().join();
            assertThat(inBatch.batch()).isEqualTo(3);
            assertThat(inBatch.finding().label()).isEqualTo(alone.label());
            assertThat(inBatch.finding().probability())
                    .isCloseTo(alone.probability(), offset(1e-5));
        }
    }

    @Test
    void answersWhatItHasBeforeItGoes() throws Exception {
        WorkerPool pool = pools.start(options(1, 1, 50, 1));
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            jobs.add(submit(pool, LARGE));
        }

        pool.drain(Duration.ofMinutes(1));

        jobs.forEach(job -> assertThat(job.prediction().join().batch()).isEqualTo(1));
        assertThat(pool.submit(List.of(Job.of(PICTURE)))).isFalse();
    }

    @Test
    void refusesWhatStillWaitsWhenItIsClosed() throws Exception {
        WorkerPool pool = pools.start(options(1, 1, 50, 1));
        Job last = submit(pool, LARGE);
        for (int i = 1; i < 50; i++) {
            last = submit(pool, LARGE);
        }

        pool.close();

        assertThat(kind(last)).isEqualTo(Kind.STOPPING);
    }
}
