package dev.medzoo.serving.oip;

import dev.medzoo.serving.access.Caller;
import dev.medzoo.serving.http.ClientAddress;
import dev.medzoo.serving.http.RequestHead;
import dev.medzoo.serving.predict.PredictionRequest;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a gRPC call.
 *
 * @param requestId the client's own, or a new one
 * @param remoteAddress of the connection, or null when it is unknown
 * @param authorization as sent
 * @param remaining until the client's deadline, from when the call came; null when it has none
 * @param traceparent as sent, in W3C's form
 * @param gone completed when the client cancels, or its deadline passes, before it is answered
 */
public record GrpcCall(
        String requestId,
        @Nullable SocketAddress remoteAddress,
        @Nullable String authorization,
        @Nullable Duration remaining,
        @Nullable String traceparent,
        CompletableFuture<Void> gone) {
    static final Metadata.Key<String> REQUEST_ID = key("x-request-id");

    private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
    private static final Metadata.Key<String> TRACEPARENT = key("traceparent");
    private static final String OPERATION = "grpc ModelInfer";

    static GrpcCall of(ServerCall<?, ?> call, Metadata headers) {
        Deadline deadline = Context.current().getDeadline();
        return new GrpcCall(
                RequestHead.id(headers.get(REQUEST_ID)),
                call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR),
                headers.get(AUTHORIZATION),
                deadline == null
                        ? null
                        : Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS)),
                headers.get(TRACEPARENT),
                new CompletableFuture<>());
    }

    /**
     * The question that it puts.
     *
     * @param caller the id of the token it came with, or null
     * @param version or alias, or null for the default
     */
    PredictionRequest toPrediction(
            @Nullable String caller, String model, @Nullable String version) {
        return new PredictionRequest(
                requestId,
                caller == null ? Caller.ANONYMOUS : caller,
                OPERATION,
                model,
                version,
                caller == null ? ClientAddress.of(remoteAddress) : caller,
                remaining,
                traceparent,
                gone);
    }

    /** Without what it says of the client. */
    @Override
    public String toString() {
        return "call " + requestId;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
