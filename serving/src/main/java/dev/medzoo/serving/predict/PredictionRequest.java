package dev.medzoo.serving.predict;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A prediction request: who asks, which model, and for how long the answer is wanted.
 *
 * @param requestId of the whole request
 * @param client id of the token, else the client's address
 * @param operation method and route, such as {@code POST /predictions/{model}}
 * @param model name of the model
 * @param version or alias, or null for the default
 * @param routingKey requests with the same key go to the same version
 * @param timeout from now, or null for the server's default
 * @param traceParent W3C trace context of the client, or null
 * @param gone completed when the client has disconnected
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
