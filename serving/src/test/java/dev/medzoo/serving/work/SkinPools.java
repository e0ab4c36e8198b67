package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.serving.DrawnPicture;
import dev.medzoo.serving.RunningServer;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Pools of the real skin model, on two cores unless said otherwise, and pictures for them. */
final class SkinPools {
    static final String SKIN = RunningServer.SKIN;
    static final ServedVersion REFERENCE = new ServedVersion(SKIN, "1.0.0");
    static final Picture PICTURE = Picture.file(DrawnPicture.jpeg(320, 240, 1));
    static final Picture LARGE = Picture.file(DrawnPicture.jpeg(1500, 1000, 1));
    static final Picture BAD = Picture.file("no picture".getBytes(StandardCharsets.UTF_8));

    final CoreLimiter cores;

    SkinPools() {
        this(new CoreLimiter(2, 1));
    }

    SkinPools(CoreLimiter cores) {
        this.cores = cores;
    }

    static PoolOptions options(int min, int max, int queue, int batch) {
        return new PoolOptions(
                min,
                max,
                queue,
                batch,
                Duration.ofMillis(batch == 1 ? 0 : 500),
                Duration.ofSeconds(60),
                Duration.ofDays(1),
                false);
    }

    WorkerPool start(PoolOptions options) throws Exception {
        return start(model(), options);
    }

    WorkerPool start(ZooModel<NetworkInput, Finding> model, PoolOptions options) throws Exception {
        Servable servable = new Servable(model, new PictureDecoder(), new MedZoo()::explainer);
        return WorkerPool.start(
                servable, REFERENCE, options, cores.share(), PoolListener.UNWATCHED);
    }

    static ZooModel<NetworkInput, Finding> model() throws Exception {
        MedZoo zoo = new MedZoo(Store.fromSettings());
        return zoo.load(
                ModelReference.parse(REFERENCE.toString()), NetworkInput.class, Finding.class);
    }

    static Job submit(WorkerPool pool, Picture picture) throws RefusedException {
        Job job = Job.of(picture);
        assertThat(pool.submit(List.of(job))).isTrue();
        return job;
    }

    static Kind kind(Job job) {
        CompletableFuture<Kind> kind =
                job.prediction()
                        .handle(
                                (done, failure) -> {
                                    Refusal refusal =
                                            failure == null ? null : RefusedException.in(failure);
                                    if (refusal == null) {
                                        throw new AssertionError("not refused: " + done, failure);
                                    }
                                    return refusal.kind();
                                });
        return kind.orTimeout(10, TimeUnit.MINUTES).join();
    }
}
