package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class OverloadTest {
    @RegisterExtension
    static final RunningServer server = RunningServer.with("workers=1", "job_queue_size=1");

    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] LARGE = DrawnPicture.png(2000, 1500, 1);

    @Test
    void refusesWhatItsQueueCannotHoldAndAnswersTheRest() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(server.sendAsync("POST", PATH, LARGE));
        }
        List<Answer> refused = new ArrayList<>();
        int answered = 0;
        for (CompletableFuture<Answer> future : answers) {
            Answer answer = future.join();
            if (answer.status() == 200) {
                answered++;
            } else {
                refused.add(answer);
            }
        }

        assertThat(answered).isPositive();
        assertThat(refused).isNotEmpty();
        for (Answer answer : refused) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json("/type").asText()).isEqualTo("WlmCapacityException");
            assertThat(answer.json("/message").asText())
                    .isEqualTo("Worker queue capacity exceeded for model: " + SKIN);
        }
        assertThat(server.post(PATH, LARGE).status()).isEqualTo(200);
    }

    @Test
    void outlivesClientsThatLeaveBeforeTheirAnswer() throws Exception {
        for (int i = 0; i < 30; i++) {
            try (Wire wire = new Wire(server)) {
                wire.post(PATH, LARGE);
            }
        }
        Answer answer = server.post(PATH, LARGE);
        while (answer.status() == 503) {
            answer = server.post(PATH, LARGE);
        }

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.get("/ping").json("/" + SKIN + "/status").asText()).isEqualTo("Healthy");
    }
}
