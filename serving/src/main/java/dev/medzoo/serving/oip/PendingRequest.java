package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An incomplete request of one call: its bytes are counted and its time is measured. It is
 * cancelled when it exceeds a limit. gRPC gives a service the only message of a request, and
 * unpacks it, when the request is complete.
 */
final class PendingRequest extends ServerStreamTracer {
    /** That of the call that is being answered. */
    static final Context.Key<PendingRequest> REQUEST = Context.key("request");

    private final PendingBytes all;
    private final ScheduledExecutorService timers;
    private final Duration time;

    private boolean isOver;
    private @Nullable Begun begun;
    private long counted;

    /** What is known of a call once it has passed the gate. */
    private record Begun(ServerCall<?, ?> call, String client, Future<?> timer) {}

    PendingRequest(PendingBytes all, ScheduledExecutorService timers, Duration time) {
        this.all = all;
        this.timers = timers;
        this.time = time;
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(REQUEST, this);
    }

    /** Nothing of the request is read before. */
    synchronized void begin(ServerCall<?, ?> call, String client) {
        if (!isOver) {
            Future<?> timer =
                    timers.schedule(() -> timeOut(call), time.toMillis(), TimeUnit.MILLISECONDS);
            begun = new Begun(call, client, timer);
        }
    }

    /** A part of a message came. It may be one byte, which keeps the buffer that it is in. */
    @Override
    public void inboundWireSize(long bytes) {
        ServerCall<?, ?> beyond = addOrFind(Math.max(bytes, GrpcSockets.READ_BYTES));
        if (beyond != null) {
            end(beyond, Refusal.outOfMemory());
        }
    }

    /** The call, when there is no room for more of its request. */
    private synchronized @Nullable ServerCall<?, ?> addOrFind(long more) {
        if (begun == null) {
            return null;
        }
        if (!all.add(begun.client(), more)) {
            return begun.call();
        }
        counted += more;
        return null;
    }

    private void timeOut(ServerCall<?, ?> call) {
        end(
                call,
                new Refusal(
                        Kind.SLOW_REQUEST,
                        "request: incomplete (expected: complete within %d ms)"
                                .formatted(time.toMillis())));
    }

    private void end(ServerCall<?, ?> call, Refusal refusal) {
        if (finish()) {
            call.close(GrpcRefusal.status(refusal), new Metadata());
        }
    }

    /** Whether it is complete, or its call has ended. */
    synchronized boolean isOver() {
        return isOver;
    }

    /**
     * Counts and measures it no more.
     *
     * @return whether it was until now
     */
    synchronized boolean finish() {
        if (isOver) {
            return false;
        }
        isOver = true;
        if (begun != null) {
            begun.timer().cancel(false);
            all.remove(begun.client(), counted);
            begun = null;
        }
        return true;
    }

    @Override
    public void streamClosed(Status status) {
        finish();
    }
}
