package dev.medzoo.serving.oip;

import dev.medzoo.serving.StoreCopy;
import dev.medzoo.serving.http.Address;
import dev.medzoo.serving.http.ConnectionLimit;
import dev.medzoo.serving.http.HttpLimits;
import dev.medzoo.serving.predict.PredictionListener;
import dev.medzoo.serving.predict.PredictionRecorder;
import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.predict.PredictionRequestReader;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.predict.PredictionService;
import dev.medzoo.serving.predict.PredictionSettings;
import dev.medzoo.serving.predict.TrafficOptions;
import dev.medzoo.serving.traffic.LoadListener;
import dev.medzoo.serving.traffic.Loader;
import dev.medzoo.serving.traffic.ModelSettings;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.serving.work.PoolListener;
import dev.medzoo.serving.work.PoolOptions;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.Store;
import io.grpc.InsecureServerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** One real model behind the protocol, with one worker. Its answers can be held back. */
final class RealSkin implements AutoCloseable {
    static final String NAME = "pretrained-skin";
    static final String VERSION = "1.0.0";

    private final Path store = Files.createTempDirectory("skin");
    private final ServedModels models;
    private final PredictionService predictions;

    /** Every call for findings, as it comes. */
    final BlockingQueue<PredictionRequest> asks = new LinkedBlockingQueue<>();

    /** Whether it says so. */
    volatile boolean ready = true;

    /** What answers wait for; failed, it is why there are none. */
    volatile CompletableFuture<Void> hold = CompletableFuture.completedFuture(null);

    RealSkin() throws Exception {
        StoreCopy.ofWhole(store, NAME).write();
        Duration minute = Duration.ofMinutes(1);
        PoolOptions pools =
                new PoolOptions(1, 1, 100, 1, Duration.ZERO, minute, Duration.ofDays(1), false);
        ModelSettings settings =
                new ModelSettings(
                        true,
                        List.of(),
                        true,
                        RuntimeChoice.AUTO,
                        ExplanationMethod.LAYER_CAM,
                        2,
                        1,
                        pools,
                        50_000_000);
        MedZoo zoo = new MedZoo(Store.open(store.toString()));
        Loader loader = new Loader(zoo, settings, PoolListener.UNWATCHED);
        models = new ServedModels(settings, loader, minute, LoadListener.UNWATCHED);
        models.start();
        predictions =
                new PredictionService(
                        models,
                        new PredictionSettings(minute, false, new TrafficOptions(0, 0, false)),
                        new PredictionListener() {},
                        PredictionRecorder.NONE);
    }

    /** It, and no other. */
    OipModels models() {
        return new OipModels(models::now, () -> ready, this::predict);
    }

    /** The same over REST. */
    OipRest rest(int maxPictures) {
        return new OipRest(
                models(), new PredictionRequestReader("x-routing-key"), "0.1.0", maxPictures);
    }

    /** The same over gRPC, on a free port of this machine, with requests of so many bytes. */
    GrpcServer grpc(CallGuard guard, int maxBytes) throws IOException {
        Duration minute = Duration.ofMinutes(1);
        return grpc(
                guard,
                new HttpLimits(maxBytes, 8192, minute, minute, 4096, 512, 0),
                GrpcOptions.unfinishedBytes(maxBytes),
                new ConnectionLimit(4096, 512));
    }

    GrpcServer grpc(
            CallGuard guard, HttpLimits limits, long maxUnfinished, ConnectionLimit connections)
            throws IOException {
        GrpcOptions options =
                new GrpcOptions(
                        new Address(false, "127.0.0.1", 0),
                        limits,
                        connections,
                        64,
                        maxUnfinished,
                        Duration.ofSeconds(20),
                        InsecureServerCredentials.create());
        return GrpcServer.start(models(), guard, "0.1.0", options);
    }

    ModelIdentity identity() {
        return models.now().versions(NAME).get(0).identity();
    }

    private CompletableFuture<PredictionResponse> predict(
            PredictionRequest ask, List<Picture> pictures) {
        asks.add(ask);
        return hold.thenCompose(released -> predictions.predict(ask, pictures));
    }

    @Override
    public void close() {
        predictions.close();
        models.close();
        try (Stream<Path> all = Files.walk(store)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
