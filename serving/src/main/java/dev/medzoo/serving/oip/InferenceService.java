package dev.medzoo.serving.oip;

import dev.medzoo.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import dev.medzoo.inference.ModelInferRequest;
import dev.medzoo.inference.ModelInferResponse;
import dev.medzoo.inference.ModelMetadataRequest;
import dev.medzoo.inference.ModelMetadataResponse;
import dev.medzoo.inference.ModelReadyRequest;
import dev.medzoo.inference.ModelReadyResponse;
import dev.medzoo.inference.ServerLiveRequest;
import dev.medzoo.inference.ServerLiveResponse;
import dev.medzoo.inference.ServerMetadataRequest;
import dev.medzoo.inference.ServerMetadataResponse;
import dev.medzoo.inference.ServerReadyRequest;
import dev.medzoo.inference.ServerReadyResponse;
import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** The protocol's gRPC service. All methods are asynchronous. */
final class InferenceService extends GRPCInferenceServiceImplBase {
    private final OipModels models;
    private final String serverVersion;
    private final int maxPictures;

    InferenceService(OipModels models, String serverVersion, int maxPictures) {
        this.models = models;
        this.serverVersion = serverVersion;
        this.maxPictures = maxPictures;
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> client) {
        answer(client, ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(
            ServerReadyRequest request, StreamObserver<ServerReadyResponse> client) {
        answer(
                client,
                ServerReadyResponse.newBuilder().setReady(models.isReady().getAsBoolean()).build());
    }

    @Override
    public void serverMetadata(
            ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> client) {
        answer(
                client,
                ServerMetadataResponse.newBuilder()
                        .setName(OipRest.SERVER_NAME)
                        .setVersion(serverVersion)
                        .addAllExtensions(OipRest.EXTENSIONS)
                        .build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> client) {
        describe(
                client,
                () -> {
                    ServedModel model =
                            models.find(request.getName(), version(request.getVersion()));
                    return ModelReadyResponse.newBuilder()
                            .setReady(model.pool().isHealthy())
                            .build();
                });
    }

    @Override
    public void modelMetadata(
            ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> client) {
        describe(
                client,
                () ->
                        GrpcResponse.metadata(
                                ModelMetadata.of(
                                        models, request.getName(), version(request.getVersion()))));
    }

    @Override
    public void modelInfer(ModelInferRequest message, StreamObserver<ModelInferResponse> client) {
        GrpcCall call = GrpcInterceptor.CALL.get();
        ((ServerCallStreamObserver<ModelInferResponse>) client)
                .setOnCancelHandler(() -> call.gone().complete(null));
        String name = message.getModelName();
        String version = version(message.getModelVersion());
        try {
            ServedModel model = models.find(name, version);
            GrpcRequest request =
                    GrpcRequest.read(message, model.preparation().size(), maxPictures);
            PredictionRequest prediction =
                    call.toPrediction(GrpcInterceptor.CALLER.get(), name, version);
            models.predict()
                    .apply(prediction, request.pictures())
                    .thenAccept(answer -> answer(client, message, request, answer))
                    .exceptionally(failure -> fail(client, failure, prediction));
        } catch (RefusedException e) {
            client.onError(GrpcRefusal.exception(e.refusal()));
        }
    }

    private static void answer(
            StreamObserver<ModelInferResponse> client,
            ModelInferRequest message,
            GrpcRequest request,
            PredictionResponse answer) {
        try {
            answer(client, GrpcResponse.to(message, request, answer));
        } catch (RefusedException e) {
            client.onError(GrpcRefusal.exception(e.refusal()));
        }
    }

    private static @Nullable Void fail(
            StreamObserver<?> client, Throwable failure, PredictionRequest prediction) {
        client.onError(GrpcRefusal.exception(Refusals.in(failure, prediction)));
        return null;
    }

    /** What is said of a model, where there is such a one. */
    @FunctionalInterface
    private interface Description<A> {
        A of() throws RefusedException;
    }

    private static <A> void describe(StreamObserver<A> client, Description<A> description) {
        try {
            answer(client, description.of());
        } catch (RefusedException e) {
            client.onError(GrpcRefusal.exception(e.refusal()));
        }
    }

    private static <A> void answer(StreamObserver<A> client, A message) {
        client.onNext(message);
        client.onCompleted();
    }

    private static @Nullable String version(String asked) {
        return asked.isEmpty() ? null : asked;
    }
}
