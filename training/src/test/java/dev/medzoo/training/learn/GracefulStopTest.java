package dev.medzoo.training.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GracefulStopTest {
    private final GracefulStop stop = new GracefulStop("say it again");

    @Test
    void theOneWhoAsksWaitsUntilTheWorkHasEnded() throws Exception {
        stop.begin();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(stop::request);
        int steps = 0;
        try {
            while (steps < 60_000) {
                stop.check();
                steps++;
                Thread.sleep(1);
            }
        } catch (CancellationException e) {
            assertThat(e).hasMessage("stopped: say it again");
            assertThat(asking).isNotDone();
        }
        stop.end();

        assertThat(steps).isLessThan(60_000);
        asking.get(10, TimeUnit.MINUTES);
        assertThatThrownBy(stop::begin).isInstanceOf(CancellationException.class);
    }

    @Test
    void workThatIsNotAskedToStopGoesOn() {
        stop.begin();
        stop.check();
        stop.end();
        stop.begin();
    }
}
