package dev.medzoo.serving.oip;

import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** What every call passes first: it gets its id, and one for findings the guard's word. */
final class GrpcGate implements ServerInterceptor {
    /** The call that is being answered. */
    static final Context.Key<GrpcCall> CALL = Context.key("call");

    private final CallGuard guard;

    GrpcGate(CallGuard guard) {
        this.guard = guard;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        GrpcCall asked = GrpcCall.of(call, headers);
        ServerCall<Q, A> named = named(call, asked);
        if (call.getMethodDescriptor().equals(GRPCInferenceServiceGrpc.getModelInferMethod())) {
            try {
                guard.check(asked);
            } catch (RefusedException e) {
                Refusal refusal = e.refusal();
                named.close(GrpcRefusal.status(refusal), GrpcRefusal.trailers(refusal));
                return new ServerCall.Listener<>() {};
            }
        }
        return Contexts.interceptCall(
                Context.current().withValue(CALL, asked), named, headers, next);
    }

    /** Says its id at the end, where a refused call says it too. */
    private static <Q, A> ServerCall<Q, A> named(ServerCall<Q, A> call, GrpcCall asked) {
        return new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                trailers.put(GrpcCall.REQUEST_ID, asked.requestId());
                super.close(status, trailers);
            }
        };
    }
}
