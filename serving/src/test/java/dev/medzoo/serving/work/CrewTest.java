package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrewTest {
    @ParameterizedTest
    @CsvSource({
        "0,     0, 0",
        "30,    0, 30",
        "30,    2, 230",
        "0 0,   1, 0",
        "0 0,   2, 100",
        "30 60, 0, 30",
        "30 60, 1, 60",
        "30 60, 2, 130",
        "30 60, 3, 160",
        "90 20, 4, 220"
    })
    void givesEachThatWaitsTheFirstWorkerThatIsFree(String busy, int waiting, long free) {
        List<Long> until = Arrays.stream(busy.split(" ", -1)).map(Long::valueOf).toList();

        assertThat(Crew.nanosUntilFree(until, 100, waiting)).isEqualTo(free);
    }
}
