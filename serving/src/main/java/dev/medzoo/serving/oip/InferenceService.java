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
import dev.medzoo.serving.refusal.RefusedException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The protocol's service over gRPC. No method waits for an answer. */
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
        answer(client, ServerLiveResponse.newBuilder().setLive(models.live()).build());
    }

    @Override
    public void serverReady(
            ServerReadyRequest request, StreamObserver<ServerReadyResponse> client) {
        answer(client, ServerReadyResponse.newBuilder().setReady(models.ready()).build());
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
                request.getName(),
                request.getVersion(),
                client,
                model -> ModelReadyResponse.newBuilder().setReady(model.ready()).build());
    }

    @Override
    public void modelMetadata(
            ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> client) {
        describe(
                request.getName(),
                request.getVersion(),
                client,
                model -> GrpcAnswer.metadata(request.getName(), model));
    }

    @Override
    public void modelInfer(ModelInferRequest message, StreamObserver<ModelInferResponse> client) {
        GrpcCall call = GrpcGate.CALL.get();
        ((ServerCallStreamObserver<ModelInferResponse>) client)
                .setOnCancelHandler(() -> call.gone().complete(null));
        String name = message.getModelName();
        String version = version(message.getModelVersion());
        try {
            OipModel model = models.model(name, version);
            GrpcRequest request = GrpcRequest.read(message, model, maxPictures);
            models.infer(call, name, version, request.pictures())
                    .thenAccept(answer -> answer(client, message, request, model, answer))
                    .exceptionally(failure -> fail(client, failure, call));
        } catch (RefusedException e) {
            client.onError(GrpcRefusal.exception(e.refusal()));
        }
    }

    private static void answer(
            StreamObserver<ModelInferResponse> client,
            ModelInferRequest message,
            GrpcRequest request,
            OipModel model,
            OipAnswer answer) {
        try {
            answer(client, GrpcAnswer.to(message, request, model, answer));
        } catch (RefusedException e) {
            client.onError(GrpcRefusal.exception(e.refusal()));
        }
    }

    private static @Nullable Void fail(StreamObserver<?> client, Throwable failure, GrpcCall call) {
        client.onError(GrpcRefusal.exception(Refused.in(failure, call)));
        return null;
    }

    private <A> void describe(
            String name,
            String version,
            StreamObserver<A> client,
            Function<OipModel, A> description) {
        try {
            answer(client, description.apply(models.model(name, version(version))));
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
