package dev.medzoo.serving.oip;

import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards gRPC's own log messages to the server's log. It says much of clients that send what is
 * no message, with a stack trace each; here that is one line, and of each of its loggers one line a
 * minute, which tells how many it stands for. Its other failures keep their traces, one a minute of
 * each logger too, whatever clients do meanwhile.
 */
final class GrpcLog extends Handler {
    private static final Logger logger = LoggerFactory.getLogger(GrpcLog.class);
    private static final long BETWEEN_NANOS = Duration.ofMinutes(1).toNanos();

    /** Held, for a logger that nobody holds forgets its handlers. */
    private static final java.util.logging.Logger GRPC =
            java.util.logging.Logger.getLogger("io.grpc");

    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Map<Source, Said> latest = new HashMap<>();
    private final LongSupplier nanos;
    private final Logger log;

    /** A logger, in what it says of clients or in what it says of itself. */
    private record Source(String logger, boolean isOfTheClient) {}

    /** What a source said. */
    private record Said(long atNanos, int unsaid) {}

    /**
     * @param nanos a clock that only goes forward
     */
    GrpcLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** Takes over from the handlers of Java's own log, once. */
    static synchronized void install() {
        for (Handler each : GRPC.getHandlers()) {
            if (each instanceof GrpcLog) {
                return;
            }
        }
        GRPC.setUseParentHandlers(false);
        GRPC.addHandler(new GrpcLog(logger, System::nanoTime));
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() < Level.WARNING.intValue()) {
            return;
        }
        Throwable cause = record.getThrown();
        boolean isOfTheClient = cause == null || isOfTheClient(cause);
        int unsaid = unsaid(new Source(String.valueOf(record.getLoggerName()), isOfTheClient));
        if (unsaid < 0) {
            return;
        }
        String more =
                unsaid == 0 ? "" : " (and %d times more since the last line)".formatted(unsaid);
        String text = oneLine(formatter.formatMessage(record));
        if (isOfTheClient) {
            log.warn("gRPC: {}: {}{}", text, cause == null ? "" : oneLine(cause.toString()), more);
        } else {
            log.error("gRPC: {}{}", text, more, cause);
        }
    }

    /** How many lines from there were left out, or -1 when this one is left out too. */
    private synchronized int unsaid(Source from) {
        long now = nanos.getAsLong();
        Said said = latest.get(from);
        if (said != null && now - said.atNanos() < BETWEEN_NANOS) {
            latest.put(from, new Said(said.atNanos(), said.unsaid() + 1));
            return -1;
        }
        latest.put(from, new Said(now, 0));
        return said == null ? 0 : said.unsaid();
    }

    private static boolean isOfTheClient(Throwable cause) {
        return cause instanceof StatusRuntimeException
                || cause instanceof StatusException
                || cause instanceof IOException
                || breaksHttp2(cause);
    }

    /** Netty says by the same exception what it did wrong itself, as an internal error. */
    private static boolean breaksHttp2(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Http2Exception http2) {
                return http2.error() != Http2Error.INTERNAL_ERROR;
            }
        }
        return false;
    }

    private static String oneLine(String text) {
        return Refusals.cut(text.replaceAll("\\s+", " "));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
