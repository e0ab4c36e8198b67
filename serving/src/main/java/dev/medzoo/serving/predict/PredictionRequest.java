package dev.medzoo.serving.predict;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who wants a finding of which model, and how long it is wanted.
 *
 * @param requestId of the whole request
 * @param client the id of its token, else its address
 * @param operation what was asked, such as {@code POST /predictions/{model}}
 * @param model by name
 * @param version or alias, or null for the default
 * @param routingKey that keeps the requests of one case on one version
 * @param timeout from now, or null for the server's own
 * @param traceParent of the client's trace, as W3C writes it, or null
 * @param gone completed when nobody waits any more
 */
public record PredictionRequest(
        String requestId,
        String client,
        String operation,
        String model,
        @Nullable String version,
        String routingKey,
        @Nullable Duration timeout,
        @Nullable String traceParent,
        CompletableFuture<Void> gone) {}
