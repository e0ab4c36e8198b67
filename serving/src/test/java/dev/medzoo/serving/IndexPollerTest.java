package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.medzoo.serving.traffic.IndexPoller;
import dev.medzoo.zoo.artifact.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A running server whose store changes under it. */
@Tag("slow")
class IndexPollerTest {
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final byte[] LARGE = DrawnPicture.jpeg(1000, 750, 1);

    @Test
    void revokedVersionsAreRoutedNoMoreAndStableFollows(@TempDir Path root) throws Exception {
        StoreCopy store = new StoreCopy(root, SKIN, FOOT).write();
        RunningServer server =
                RunningServer.with("store=" + root, "workers=1", "store_refresh=1").start();
        try {
            List<CompletableFuture<Answer>> begun = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                begun.add(server.sendAsync("POST", "/predictions/" + SKIN, LARGE));
            }
            assertThat(predict(server, SKIN).status()).isEqualTo(200);
            store.revoke(SKIN, "trained on test pictures").write();
            Deadline.await(() -> predict(server, SKIN + "/1.0.0").status() == 404);
            for (CompletableFuture<Answer> each : begun) {
                // Routed before, it is answered; after, refused; nothing in between.
                assertThat(each.join().status()).isIn(200, 404);
            }

            Answer refused = predict(server, SKIN);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.json("/type").asText()).isEqualTo("ModelNotFoundException");
            assertThat(refused.json("/message").asText())
                    .isEqualTo(
                            "version: 1.0.0 of pretrained-skin, revoked: trained on test pictures"
                                    + " (expected one of: [])");
            assertThat(server.get("/models").json("/models")).hasSize(1);
            assertThat(server.get("/models/" + SKIN).json("/message").asText())
                    .contains("revoked: trained on test pictures");
            assertThat(server.get("/ping").json("")).hasSize(1);
            assertThat(predict(server, FOOT).status()).isEqualTo(200);

            store.stable(FOOT, null).write();
            Deadline.await(() -> predict(server, FOOT).status() == 404);
            assertThat(predict(server, FOOT + "/1.0.0").status()).isEqualTo(200);
            store.stable(FOOT, StoreCopy.VERSION).write();
            Deadline.await(() -> predict(server, FOOT).status() == 200);
        } finally {
            server.server().close();
        }
    }

    @Test
    void whatRunsStaysWhileTheIndexIsOfNoUse(@TempDir Path root) throws Exception {
        StoreCopy store = new StoreCopy(root, SKIN, FOOT).write();
        RunningServer server =
                RunningServer.with("store=" + root, "workers=1", "store_refresh=1").start();
        ListAppender<ILoggingEvent> log = log();
        try {
            store.replace("{".getBytes(StandardCharsets.UTF_8));
            Deadline.await(() -> log.list.size() == 1);
            assertThat(log.list.get(0).getFormattedMessage())
                    .startsWith(root + ": invalid index, keeping the current models: index.json: ");
            assertThat(predict(server, SKIN).status()).isEqualTo(200);

            store.publish(SKIN, "1.1.0").stable(SKIN, Version.parse("1.1.0"));
            store.revoke(FOOT, "wrong").write();
            Deadline.await(() -> predict(server, FOOT).status() == 404);
            // Said once all that the index wants was tried.
            Deadline.await(() -> log.list.size() == 2);
            assertThat(log.list.get(1).getFormattedMessage())
                    .isEqualTo(root + ": valid index again");
            assertThat(predict(server, SKIN).status()).isEqualTo(200);
            Answer failed = predict(server, SKIN + "/1.1.0");
            assertThat(failed.status()).isEqualTo(503);
            assertThat(failed.json("/message").asText())
                    .startsWith("model: pretrained-skin/1.1.0 failed to load: manifest.json");
            assertThat(server.get("/models").json("/models/1/status").asText()).isEqualTo("FAILED");
            assertThat(server.get("/ping").status()).isEqualTo(200);
        } finally {
            server.server().close();
        }
    }

    /** What the watch says from here on, each of it once. */
    private static ListAppender<ILoggingEvent> log() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        ((Logger) LoggerFactory.getLogger(IndexPoller.class)).addAppender(log);
        return log;
    }

    private static Answer predict(RunningServer server, String model) {
        return server.post("/predictions/" + model, PICTURE);
    }
}
