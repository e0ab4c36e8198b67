package dev.medzoo.serving.oip;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrpcLogTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final GrpcLog log;

    GrpcLogTest() {
        Logger logger = new LoggerContext().getLogger("grpc");
        lines.start();
        logger.addAppender(lines);
        log = new GrpcLog(logger, nanos::get);
    }

    private void say(String from, java.util.logging.Level level, @Nullable Throwable cause) {
        LogRecord record = new LogRecord(level, "Exception processing\nmessage");
        record.setLoggerName(from);
        record.setThrown(cause);
        log.publish(record);
    }

    @Test
    void saysOfWhatAClientSentOneLineAMinute() {
        Throwable malformed = Status.INTERNAL.withDescription("invalid").asRuntimeException();
        for (int i = 0; i < 1000; i++) {
            say("stream", java.util.logging.Level.WARNING, malformed);
        }
        say("other", java.util.logging.Level.WARNING, null);
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        say("stream", java.util.logging.Level.WARNING, malformed);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "gRPC: Exception processing message: io.grpc.StatusRuntimeException: INTERNAL: invalid",
                        "gRPC: Exception processing message: ",
                        "gRPC: Exception processing message: io.grpc.StatusRuntimeException: INTERNAL: invalid (and 999 times more since the last line)");
        assertThat(lines.list).allMatch(each -> each.getThrowableProxy() == null);
    }

    @Test
    void keepsTheTraceOfItsOwnFailures() {
        say("executor", java.util.logging.Level.SEVERE, new IllegalStateException("broken"));
        say("executor", java.util.logging.Level.INFO, new IllegalStateException("chatter"));

        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.ERROR);
        assertThat(lines.list.get(0).getThrowableProxy().getMessage()).isEqualTo("broken");
    }

    @Test
    void saysOneLineOfAClientThatBreaksHttp2() {
        Http2Exception beyond = Http2Exception.streamError(3, Http2Error.FLOW_CONTROL_ERROR, "a");
        say("stream", java.util.logging.Level.WARNING, new IllegalStateException(beyond));
        say("stream", java.util.logging.Level.WARNING, beyond);

        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(lines.list.get(0).getThrowableProxy()).isNull();
    }

    @Test
    void keepsTheTraceOfWhatNettyDidWrong() {
        Http2Exception own = Http2Exception.connectionError(Http2Error.INTERNAL_ERROR, "broken");
        say("stream", java.util.logging.Level.WARNING, own);

        assertThat(lines.list.get(0).getThrowableProxy().getMessage()).isEqualTo("broken");
    }

    @Test
    void aClientSilencesNoFailureOfTheServer() {
        Throwable malformed = Status.INTERNAL.withDescription("invalid").asRuntimeException();
        for (int i = 0; i < 10; i++) {
            say("stream", java.util.logging.Level.WARNING, malformed);
            say("stream", java.util.logging.Level.SEVERE, new IllegalStateException("broken"));
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.WARN, Level.ERROR);
    }
}
