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
import io.grpc.health.v1.HealthGrpc;
import java.util.Set;

/** Intercepts every gRPC call: assigns the request id and applies the {@link CallGuard}. */
final class GrpcInterceptor implements ServerInterceptor {
    /** The call that is being answered. */
    static final Context.Key<GrpcCall> CALL = Context.key("call");

    /** The id of the token that it came with, if any. */
    static final Context.Key<String> CALLER = Context.key("caller");

    private static final String PREDICTION =
            GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName();

    /** What a probe asks, as open as over REST. */
    private static final Set<String> OPEN =
            Set.of(
                    GRPCInferenceServiceGrpc.getServerLiveMethod().getFullMethodName(),
                    GRPCInferenceServiceGrpc.getServerReadyMethod().getFullMethodName(),
                    GRPCInferenceServiceGrpc.getServerMetadataMethod().getFullMethodName(),
                    HealthGrpc.getCheckMethod().getFullMethodName());

    private final CallGuard guard;

    GrpcInterceptor(CallGuard guard) {
        this.guard = guard;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        GrpcCall asked = GrpcCall.of(call, headers);
        ServerCall<Q, A> named = named(call, asked);
        Context context = Context.current().withValue(CALL, asked);
        String method = call.getMethodDescriptor().getFullMethodName();
        if (!OPEN.contains(method)) {
            try {
                String caller = guard.admit(asked, method.equals(PREDICTION));
                context = caller == null ? context : context.withValue(CALLER, caller);
            } catch (RefusedException e) {
                Refusal refusal = e.refusal();
                named.close(GrpcRefusal.status(refusal), GrpcRefusal.trailers(refusal));
                return new ServerCall.Listener<>() {};
            }
        }
        return Contexts.interceptCall(context, named, headers, next);
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
