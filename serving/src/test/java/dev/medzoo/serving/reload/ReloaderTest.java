package dev.medzoo.serving.reload;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.medzoo.serving.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReloaderTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ReloaderTest.class);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Deque<Exception> failures = new ArrayDeque<>();
    private final AtomicInteger looks = new AtomicInteger();
    private long nanos;

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.detachAppender(log);
    }

    @Test
    void saysEachReasonOnceAndWhenAllIsWellAgain() {
        Runnable due = reloader().atMostEvery(SECOND, () -> nanos);
        failures.add(new IOException("gone"));
        failures.add(new IOException("gone"));
        failures.add(new IllegalStateException("broken"));
        failures.add(new IOException("gone"));
        for (int i = 0; i < 6; i++) {
            nanos += SECOND.toNanos();
            due.run();
        }
        assertThat(looks).hasValue(6);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "file: of no use: gone",
                        "file: of no use: broken",
                        "file: of no use: gone",
                        "file: well again");
        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.WARN, Level.WARN, Level.WARN, Level.INFO);
    }

    @Test
    void looksWhenAskedAtMostOnceInEachInterval() {
        Runnable due = reloader().atMostEvery(SECOND, () -> nanos);
        for (long millis : List.of(0L, 999L, 1L, 1L, 998L, 1L)) {
            nanos += Duration.ofMillis(millis).toNanos();
            due.run();
        }
        assertThat(looks).hasValue(2);
    }

    @Test
    void looksByItselfUntilItIsClosed() throws Exception {
        Reloader reloader = reloader().every(Duration.ofMillis(1), "looks");
        Deadline.await(() -> looks.get() > 2);
        reloader.close();
        assertThat(log.list).isEmpty();
    }

    private Reloader reloader() {
        return new Reloader(this::look, LOGGER, "file: of no use", "file: well again");
    }

    private void look() throws Exception {
        looks.incrementAndGet();
        Exception failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }
}
