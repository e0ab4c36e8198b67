package dev.medzoo.serving;

import dev.medzoo.serving.access.Caller;
import dev.medzoo.serving.access.ClientAddress;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.api.RestCall;
import dev.medzoo.serving.oip.CallGuard;
import dev.medzoo.serving.oip.GrpcCall;
import dev.medzoo.serving.oip.OipAnswer;
import dev.medzoo.serving.oip.OipCall;
import dev.medzoo.serving.oip.OipModel;
import dev.medzoo.serving.oip.OipModels;
import dev.medzoo.serving.oip.OipPicture;
import dev.medzoo.serving.predict.Answer;
import dev.medzoo.serving.predict.Ask;
import dev.medzoo.serving.predict.Predictions;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.traffic.Table;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.Preparation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The served models as the Open Inference Protocol asks for them, over REST and over gRPC. */
final class OpenInference implements OipModels, CallGuard {
    private static final String OPERATION = "grpc ModelInfer";

    private final ServedModels models;
    private final Predictions predictions;
    private final BooleanSupplier isReady;
    private final ServerGate gate;

    /**
     * @param isReady whether every model can be asked now
     * @param gate that calls over gRPC pass
     */
    OpenInference(
            ServedModels models,
            Predictions predictions,
            BooleanSupplier isReady,
            ServerGate gate) {
        this.models = models;
        this.predictions = predictions;
        this.isReady = isReady;
        this.gate = gate;
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public boolean ready() {
        return isReady.getAsBoolean();
    }

    @Override
    public List<String> names() {
        return models.now().models().values().stream()
                .map(ServedModel::name)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public OipModel model(String name, @Nullable String version) throws RefusedException {
        Table table = models.now();
        ServedModel model = table.find(name, version);
        Preparation preparation = model.pool().servable().preparation();
        List<String> versions = table.versions(name).stream().map(ServedModel::version).toList();
        return new OipModel(
                name, versions, model.pool().isHealthy(), preparation.labels(), preparation.size());
    }

    @Override
    public CompletableFuture<OipAnswer> infer(
            OipCall call, String name, @Nullable String version, List<OipPicture> pictures) {
        try {
            Ask ask = ask(call, name, version);
            return predictions
                    .predict(ask, pictures.stream().map(OpenInference::picture).toList())
                    .thenApply(answer -> answer(call, answer));
        } catch (RefusedException e) {
            return RefusedException.failed(e.refusal());
        }
    }

    private static OipAnswer answer(OipCall call, Answer answer) {
        if (call instanceof RestCall rest) {
            rest.request().about(answer.model().identity());
        }
        return new OipAnswer(answer.model().identity(), answer.findings());
    }

    private static Picture picture(OipPicture picture) {
        if (picture instanceof OipPicture.Tensor tensor) {
            return Picture.tensor(tensor.values());
        }
        OipPicture.Encoded encoded = (OipPicture.Encoded) picture;
        return Picture.file(encoded.file(), encoded.options());
    }

    private Ask ask(OipCall call, String name, @Nullable String version) throws RefusedException {
        if (call instanceof RestCall rest) {
            return rest.ask(name, version);
        }
        GrpcCall grpc = (GrpcCall) call;
        String caller = gate.caller(grpc.authorization()).map(Caller::id).orElse(null);
        return new Ask(
                grpc.requestId(),
                caller == null ? Caller.ANONYMOUS : caller,
                OPERATION,
                name,
                version,
                caller == null ? ClientAddress.of(grpc.remoteAddress()) : caller,
                grpc.remaining(),
                grpc.traceparent(),
                grpc.gone());
    }

    @Override
    public void check(GrpcCall call, boolean isPrediction) throws RefusedException {
        Caller caller = gate.caller(call.authorization()).orElse(null);
        if (caller == null && gate.isTokenRequired()) {
            throw new RefusedException(
                    new Refusal(
                            Kind.UNAUTHENTICATED,
                            "token: none (expected: authorization: Bearer …)",
                            Map.of("www-authenticate", "Bearer")));
        }
        if (caller != null && !caller.may(Role.PREDICT)) {
            throw new RefusedException(
                    new Refusal(Kind.FORBIDDEN, "token: " + caller.id() + " may not predict"));
        }
        if (isPrediction) {
            gate.checkRate(caller == null ? ClientAddress.of(call.remoteAddress()) : caller.id());
        }
    }
}
