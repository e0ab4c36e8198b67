package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.work.CoreLimiter;
import dev.medzoo.serving.work.Job;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.serving.work.PoolListener;
import dev.medzoo.serving.work.Servable;
import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.serving.work.WorkerPool;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code compatibility=strict} does not switch back, for it would harm. */
class StrictButHarmlessTest {
    private static final String STRICT = "compatibility=strict";
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] NOTHING = new byte[0];

    @Test
    void noUrlIsFetched() throws Exception {
        RunningServer server = RunningServer.with("load_models=" + SKIN, STRICT).start();
        try (ServerSocket bait = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + bait.getLocalPort() + "/a.jpg";
            byte[] json = "{\"image_url\": \"%s\"}".formatted(url).getBytes(StandardCharsets.UTF_8);
            Answer predicted =
                    server.post("/predictions/" + SKIN, json, "Content-Type", "application/json");
            Answer registered = server.post("/models?url=" + url, NOTHING);
            Answer lazily = server.post("/invocations?model_name=other&model_url=" + url, PICTURE);
            server.server().close();

            assertThat(predicted.status()).isEqualTo(400);
            assertThat(predicted.json("/message").asText()).startsWith("image_url: ");
            assertThat(registered.status()).isEqualTo(400);
            assertThat(registered.json("/message").asText()).startsWith("url: " + url);
            assertThat(lazily.status()).isEqualTo(404);
            bait.setSoTimeout(1);
            assertThatThrownBy(bait::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void modelsComeFromTheServersOwnStoreAlone(@TempDir Path root) throws Exception {
        new MadeStore(root).add(FOOT, "1.0.0").write();
        RunningServer server = RunningServer.with("load_models=" + SKIN, STRICT).start();
        for (String url :
                List.of(
                        "file://" + root.resolve(FOOT + "/1.0.0"),
                        root.resolve(FOOT + "/1.0.0").toString(),
                        "../" + FOOT,
                        "djl://ai.djl.pytorch/resnet",
                        "s3://bucket/model",
                        "jar:file:///a.jar!/b")) {
            Answer answer = server.post("/models?url=" + url, NOTHING);
            assertThat(answer.status()).as(url).isEqualTo(400);
            assertThat(answer.json("/message").asText()).startsWith("url: ");
        }
        assertThat(server.get("/models").json("/models")).hasSize(1);
        server.server().close();
    }

    @Test
    void unregisteringDeletesNoFile(@TempDir Path root) throws Exception {
        MadeStore store = new MadeStore(root).add(FOOT, "1.0.0").add(FOOT, "1.1.0").write();
        Map<String, String> before = store.digests();
        RunningServer server = RunningServer.with("store=" + root, STRICT).start();
        Answer one = server.send("DELETE", "/models/" + FOOT + "/1.1.0", NOTHING);
        Answer all = server.send("DELETE", "/models/" + FOOT, NOTHING);
        server.server().close();

        assertThat(one.status()).isEqualTo(200);
        assertThat(all.status()).isEqualTo(200);
        assertThat(store.digests()).isEqualTo(before);
    }

    @Test
    void aForwardPassThatFailsIsNotTheClientsFault() throws Exception {
        ServerSettings settings = RunningServer.settings(STRICT);
        ZooModel<NetworkInput, Finding> model =
                new MedZoo(Store.fromSettings())
                        .load(ModelReference.parse(FOOT), NetworkInput.class, Finding.class);
        Servable servable = new Servable(model, new PictureDecoder(), new MedZoo()::explainer);
        Job job = Job.of(Picture.file(PICTURE));
        try (WorkerPool pool =
                WorkerPool.start(
                        servable,
                        new ServedVersion(FOOT, "1.0.0"),
                        settings.models().pools(),
                        new CoreLimiter(1, 1).share(),
                        PoolListener.UNWATCHED)) {
            // Nothing makes an engine fail as surely as taking its arrays away.
            model.close();
            pool.submit(List.of(job));

            assertThatThrownBy(() -> job.prediction().join())
                    .satisfies(
                            failure ->
                                    assertThat(
                                                    Objects.requireNonNull(
                                                                    RefusedException.in(failure))
                                                            .kind())
                                            .isEqualTo(Kind.FAILED));
        }
        assertThat(settings.api().compatibility().statuses()).containsEntry(Kind.FAILED, 500);
    }
}
