package dev.medzoo.serving.predict;

import dev.medzoo.serving.access.Caller;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link PredictionRequest} from the headers of an HTTP request.
 *
 * @param routingKeyHeader name of the header with the routing key
 */
public record PredictionRequestReader(String routingKeyHeader) {
    /** The client's timeout in milliseconds. */
    public static final String TIMEOUT_HEADER = "x-request-timeout-ms";

    private static final String TRACE_HEADER = "traceparent";
    private static final long LONGEST_MILLIS = 86_400_000;

    /**
     * Reads a request.
     *
     * @param version or alias, or null for the default
     * @throws RefusedException when the timeout is not a number in range
     */
    public PredictionRequest of(Request request, String model, @Nullable String version)
            throws RefusedException {
        Route route = request.route();
        String operation =
                route == null ? "" : request.head().knownMethod() + " " + route.template();
        String key = request.head().headers().get(routingKeyHeader);
        return new PredictionRequest(
                request.head().id(),
                request.caller() == null ? Caller.ANONYMOUS : request.client(),
                operation,
                model,
                version,
                key == null ? request.client() : key,
                timeout(request),
                request.head().headers().get(TRACE_HEADER),
                request.gone());
    }

    private static @Nullable Duration timeout(Request request) throws RefusedException {
        String text = request.head().headers().get(TIMEOUT_HEADER);
        if (text == null) {
            return null;
        }
        try {
            long millis = Long.parseLong(text.strip());
            if (millis > 0 && millis <= LONGEST_MILLIS) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException e) {
            // Refused with the numbers that are out of range.
        }
        throw new RefusedException(
                Refusal.badRequest(
                        "%s: %s (expected: 1..%d)"
                                .formatted(TIMEOUT_HEADER, text, LONGEST_MILLIS)));
    }
}
