package dev.medzoo.serving.oip;

import dev.medzoo.serving.http.ClientAddress;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Limits the memory and time of incomplete requests over all calls. */
final class GrpcIntakeLimit extends ServerStreamTracer.Factory
        implements ServerInterceptor, AutoCloseable {
    private final PendingBytes bytes;
    private final Duration requestTime;
    private final ScheduledThreadPoolExecutor timers =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "grpc-timer"));

    GrpcIntakeLimit(GrpcOptions options) {
        bytes = new PendingBytes(options.maxUnfinishedBytes());
        requestTime = options.limits().requestTime();
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new PendingRequest(bytes, timers, requestTime);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        PendingRequest request = Objects.requireNonNull(PendingRequest.REQUEST.get());
        ServerCall<Q, A> endable = new CancellableCall<>(call);
        request.begin(
                endable,
                ClientAddress.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
        return new Taking<>(next.startCall(endable, headers), request);
    }

    /** Bytes of requests that are not complete now. */
    long unfinishedBytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }

    /** Gives a service nothing of a request that ended too early. */
    private static final class Taking<Q> extends SimpleForwardingServerCallListener<Q> {
        private final PendingRequest request;

        Taking(ServerCall.Listener<Q> service, PendingRequest request) {
            super(service);
            this.request = request;
        }

        @Override
        public void onMessage(Q message) {
            if (!request.isOver()) {
                super.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            if (request.finish()) {
                super.onHalfClose();
            }
        }
    }
}
