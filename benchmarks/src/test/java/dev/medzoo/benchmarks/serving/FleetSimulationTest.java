package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FleetSimulationTest {
    private static final double SECONDS = 2000;
    private static final double NO_LIMIT = 1e12;

    @Test
    void oneServerAnswersAsQueueingTheorySays() {
        // M/M/1: with a load of .8, five times the service time; M/D/1: three times.
        assertThat(fleet(1, exponential(10)).at(80, SECONDS, 1).meanMillis())
                .isCloseTo(50, within(5.0));
        assertThat(fleet(1, 10).at(80, SECONDS, 1).meanMillis()).isCloseTo(30, within(2.0));
    }

    @Test
    void manyServersWaitLessAtTheSameLoad() {
        double one = fleet(1, 10).at(90, SECONDS, 2).meanMillis();
        double sixteen = fleet(16, 10).at(16 * 90, SECONDS / 10, 2).meanMillis();
        assertThat(sixteen).isBetween(10.0, one / 3);
        assertThat(fleet(16, 10).most(20, 3)).isBetween(16 * 90.0, 16 * 105.0);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        FleetSimulation fleet = new FleetSimulation(2, new double[] {10}, 0, 100);
        FleetSimulation.Seen seen = fleet.at(400, SECONDS, 4);
        assertThat(seen.refused()).isCloseTo(.5, within(.02));
        assertThat(seen.p99Millis()).isLessThanOrEqualTo(110.0001);
        assertThat(seen.isGood()).isFalse();
        assertThat(fleet.at(20, SECONDS, 4).isGood()).isTrue();
    }

    @Test
    void theProxyIsWhereMoreServersHelpNoMore() {
        FleetSimulation fleet = new FleetSimulation(64, new double[] {10}, 1, 5000);
        // In so short a time it does not fall behind by a second.
        assertThat(fleet.most(50, 5)).isBetween(900.0, 1050.0);
    }

    @Test
    void theSameSeedGivesTheSame() {
        FleetSimulation fleet = fleet(4, exponential(10));
        assertThat(fleet.at(300, 10, 6)).isEqualTo(fleet.at(300, 10, 6));
    }

    @Test
    void refusesNoServersAndNoTimes() {
        assertThatThrownBy(() -> fleet(0, 10))
                .hasMessage("fleet: 0 servers, 1 measured times (expected: one of each at least)");
        assertThatThrownBy(() -> fleet(1)).hasMessageContaining("0 measured times");
    }

    private static FleetSimulation fleet(int servers, double... serviceMillis) {
        return new FleetSimulation(servers, serviceMillis, 0, NO_LIMIT);
    }

    private static double[] exponential(double mean) {
        Random random = new Random(7);
        return random.doubles(100_000).map(each -> -mean * Math.log(1 - each)).toArray();
    }
}
