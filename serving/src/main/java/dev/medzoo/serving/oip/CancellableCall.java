package dev.medzoo.serving.oip;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A gRPC call that any thread may cancel. Later messages of its service are dropped. */
final class CancellableCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private boolean isEnded;

    CancellableCall(ServerCall<Q, A> call) {
        super(call);
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!isEnded) {
            super.sendHeaders(headers);
        }
    }

    @Override
    public synchronized void sendMessage(A message) {
        if (!isEnded) {
            super.sendMessage(message);
        }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (!isEnded) {
            isEnded = true;
            super.close(status, trailers);
        }
    }
}
