package dev.medzoo.serving.oip;

import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.serving.refusal.Refusal;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The standard health service: of the whole server, and of the protocol's service by its name. */
final class GrpcHealth implements ServerInterceptor {
    private final OipModels models;
    private final HealthStatusManager statuses = new HealthStatusManager();
    private final Set<ServerCall<?, ?>> watchers = ConcurrentHashMap.newKeySet();

    GrpcHealth(OipModels models) {
        this.models = models;
    }

    ServerServiceDefinition service() {
        return ServerInterceptors.intercept(statuses.getHealthService(), this);
    }

    /** Looks before every answer, so that none is older than its question. */
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        refresh();
        ServerCall.Listener<Q> listener = next.startCall(call, headers);
        if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
            return listener;
        }
        watchers.add(call);
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                watchers.remove(call);
                super.onCancel();
            }
        };
    }

    void refresh() {
        ServingStatus now =
                models.isReady().getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        statuses.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, now);
        statuses.setStatus(GRPCInferenceServiceGrpc.SERVICE_NAME, now);
    }

    /** Not serving, for good. Who watches is sent away, as he would never go by himself. */
    void stop() {
        statuses.enterTerminalState();
        Refusal stopping = Refusal.stopping();
        watchers.removeIf(
                call -> {
                    call.close(GrpcRefusal.status(stopping), GrpcRefusal.trailers(stopping));
                    return true;
                });
    }
}
