package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must come, and fails when it does not. */
public final class Deadline {
    private Deadline() {}

    /** Looks again and again, for ten minutes at most. */
    public static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("awaited").isBefore(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Asks at once again, for ten minutes at most, until an answer has this status. */
    static Answer until(int status, Supplier<Answer> ask) {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
        Answer answer = ask.get();
        while (answer.status() != status) {
            assertThat(Instant.now()).as("awaited: %d", status).isBefore(deadline);
            answer = ask.get();
        }
        return answer;
    }
}
