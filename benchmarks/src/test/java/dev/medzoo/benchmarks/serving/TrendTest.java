package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.benchmarks.serving.Trend.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void aStraightLineHasItsSlopeAndNoError() {
        Trend trend =
                Trend.through(List.of(new Point(0, 5), new Point(1800, 6), new Point(3600, 7)));
        assertThat(trend.perHour()).isCloseTo(2, within(1e-9));
        assertThat(trend.standardError()).isCloseTo(0, within(1e-9));
    }

    @Test
    void theErrorIsThatOfTheTextbook() {
        // Residuals -0.1, 0.3, -0.3, 0.1 about a slope of 0.6: 0.2 / 2 / 5 is the square.
        Trend trend =
                Trend.through(
                        List.of(
                                new Point(0, 0),
                                new Point(3600, 1),
                                new Point(7200, 1),
                                new Point(10800, 2)));
        assertThat(trend.perHour()).isCloseTo(0.6, within(1e-9));
        assertThat(trend.standardError()).isCloseTo(Math.sqrt(0.02), within(1e-9));
    }

    @Test
    void twoPointsSayNothingOfAnError() {
        assertThat(Trend.through(List.of(new Point(0, 0), new Point(1, 1)))).hasToString("unknown");
    }
}
