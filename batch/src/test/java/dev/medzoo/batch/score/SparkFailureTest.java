package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Job 0 cancelled because SparkContext was shut down",
                "Cannot call methods on a stopped SparkContext."
            })
    void aRunThatIsStoppedSaysHowToGoOn(String spark) {
        assertThat(SparkFailure.line(new ExecutionException(new IllegalStateException(spark))))
                .isEqualTo(
                        "score: stopped, by a signal or for lack of memory (expected: the end; the same command goes on)");
    }
}
