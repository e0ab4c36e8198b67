package dev.medzoo.serving.oip;

import dev.medzoo.serving.access.ConnectionLimit;
import java.time.Duration;

/**
 * What clients may cost over gRPC before a model is asked.
 *
 * @param maxMessageBytes of a request
 * @param maxPictures in one request
 * @param maxUnfinishedBytes of requests that are not whole yet, of all clients together; one client
 *     may have half of them
 * @param requestTime from the start of a call to the end of its request
 * @param idleTime after which a connection without calls is closed
 * @param connections how many there may be
 */
public record GrpcLimits(
        int maxMessageBytes,
        int maxPictures,
        long maxUnfinishedBytes,
        Duration requestTime,
        Duration idleTime,
        ConnectionLimit connections) {
    public GrpcLimits {
        check("max message bytes", maxMessageBytes);
        check("max pictures", maxPictures);
        check("max unfinished bytes", maxUnfinishedBytes);
        check("request time in ms", requestTime.toMillis());
        check("idle time in ms", idleTime.toMillis());
    }

    /** 64 pictures a request, and else as the settings are by default. */
    public static GrpcLimits of(int maxMessageBytes) {
        Duration minute = Duration.ofMinutes(1);
        return new GrpcLimits(
                maxMessageBytes,
                64,
                unfinishedBytes(maxMessageBytes),
                minute,
                minute,
                new ConnectionLimit(4096, 512));
    }

    /**
     * A quarter of the heap, as memory outside of it has the heap's limit by default, but enough
     * for two requests of the largest size of each of two clients.
     *
     * @param maxMessageBytes of one request
     */
    public static long unfinishedBytes(int maxMessageBytes) {
        return Math.max(Runtime.getRuntime().maxMemory() / 4, 4L * maxMessageBytes);
    }

    private static void check(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s: %d (expected: > 0)".formatted(name, value));
        }
    }
}
