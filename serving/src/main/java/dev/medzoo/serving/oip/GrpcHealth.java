package dev.medzoo.serving.oip;

import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;

/** The standard health service: of the whole server, and of the protocol's service by its name. */
final class GrpcHealth implements ServerInterceptor {
    private final OipModels models;
    private final HealthStatusManager statuses = new HealthStatusManager();

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
        return next.startCall(call, headers);
    }

    void refresh() {
        ServingStatus now = models.ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        statuses.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, now);
        statuses.setStatus(GRPCInferenceServiceGrpc.SERVICE_NAME, now);
    }

    /** Not serving, for good. */
    void stop() {
        statuses.enterTerminalState();
    }
}
