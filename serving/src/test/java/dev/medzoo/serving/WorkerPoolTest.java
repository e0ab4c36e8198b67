package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.Finding;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.store.Store;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
    private static final String REFERENCE = RunningServer.SKIN + "/1.0.0";

    @Test
    void skipsARequestWhoseClientIsGone() throws Exception {
        try (WorkerPool pool = WorkerPool.start(model(), REFERENCE, 1, 2)) {
            Request gone = request();
            gone.abandon();
            CompletableFuture<Finding> skipped = pool.submit(gone);
            CompletableFuture<Finding> answered = pool.submit(request());

            assertThat(answered.join().model().name()).isEqualTo(RunningServer.SKIN);
            assertThatThrownBy(skipped::join).rootCause().hasMessage("The client is gone.");
        }
    }

    @Test
    void outlivesAnEngineThatFails() throws Exception {
        ZooModel<Image, Finding> model = model();
        try (WorkerPool pool = WorkerPool.start(model, REFERENCE, 1, 2)) {
            // Nothing makes an engine fail as surely as taking its arrays away.
            model.close();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(pool.submit(request())::join)
                        .rootCause()
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                failed -> assertThat(failed.refusal().status()).isEqualTo(500))
                        .hasMessage("Prediction failed in model: " + REFERENCE);
            }
            assertThat(pool.health()).isEqualTo(WorkerPool.HEALTHY);
        }
    }

    @Test
    void doesNotStartWithAModelThatCannotPredict() throws Exception {
        ZooModel<Image, Finding> model = model();
        model.close();

        assertThatThrownBy(() -> WorkerPool.start(model, REFERENCE, 2, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("warm-up: ");
    }

    @Test
    void refusesWhatStillWaitsWhenItIsClosed() throws Exception {
        WorkerPool pool = WorkerPool.start(model(), REFERENCE, 1, 50);
        Request request = request();
        CompletableFuture<Finding> last = pool.submit(request);
        for (int i = 1; i < 50; i++) {
            last = pool.submit(request);
        }

        pool.close();

        assertThatThrownBy(last::join).rootCause().hasMessage("The server is stopping.");
        assertThat(pool.health()).isEqualTo("Unhealthy");
    }

    private static ZooModel<Image, Finding> model() throws Exception {
        MedZoo zoo = new MedZoo(Store.fromSettings());
        return zoo.load(ModelReference.parse(REFERENCE), Image.class, Finding.class);
    }

    private static Request request() throws RefusedException {
        RequestHead head =
                RequestHead.of(
                        new DefaultFullHttpRequest(
                                HttpVersion.HTTP_1_1,
                                HttpMethod.POST,
                                "/predictions/m",
                                Unpooled.EMPTY_BUFFER));
        return Request.of(head, DrawnPicture.jpeg(1000, 750, 1));
    }
}
