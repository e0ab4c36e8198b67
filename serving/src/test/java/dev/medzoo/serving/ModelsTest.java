package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.BREAST;
import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.FOOT_VERSION;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.medzoo.translate.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with("workers=1", "load_models=%s,%s,%s".formatted(SKIN, BREAST, FOOT));

    @Test
    void pingsEveryModelHealthy() {
        Answer answer = server.get("/ping");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json("")).hasSize(3);
        for (String model : List.of(SKIN, BREAST, FOOT)) {
            assertThat(answer.json("/" + model + "/status").asText()).isEqualTo("Healthy");
        }
    }

    @Test
    void listsTheModels() {
        Answer answer = server.get("/models");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json("/nextPageToken").isMissingNode()).isTrue();
        JsonNode first = answer.json("/models/0");
        assertThat(first.get("modelName").asText()).isEqualTo(FOOT);
        assertThat(first.get("version").asText()).isEqualTo(FOOT_VERSION);
        assertThat(first.get("modelUrl").asText())
                .isEqualTo("medzoo://" + FOOT + "/" + FOOT_VERSION);
        assertThat(first.get("status").asText()).isEqualTo("READY");
    }

    @Test
    void givesEveryModelOnceAPageAtATime() {
        List<String> names = new ArrayList<>();
        String token = "0";
        while (!token.isEmpty()) {
            Answer page = server.get("/models?limit=1&next_page_token=" + token);
            page.json("/models").forEach(each -> names.add(each.get("modelName").asText()));
            token = page.json("/nextPageToken").asText("");
        }

        assertThat(names).containsExactly(FOOT, BREAST, SKIN);
    }

    @Test
    void takesALimitOverOneHundredForOneHundred() {
        assertThat(server.get("/models?limit=1000").json("/models")).hasSize(3);
        assertThat(server.get("/models?next_page_token=77").json("/models")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=x",
                "limit=0",
                "limit=-1",
                "limit=99999999999",
                "limit=",
                "next_page_token=x",
                "next_page_token=-1"
            })
    void refusesAPageThatThereCannotBe(String query) {
        Answer answer = server.get("/models?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/type").asText()).isEqualTo("BadRequestException");
        assertThat(answer.json("/message").asText()).startsWith(query.replace("=", ": "));
    }

    @Test
    void describesAModelAsDjlServingDoes() {
        Answer answer = server.get("/models/" + SKIN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json("/0/workflowName").asText()).isEqualTo(SKIN);
        assertThat(answer.json("/0/version").asText()).isEqualTo(VERSION);
        JsonNode model = answer.json("/0/models/0");
        assertThat(model.get("modelName").asText()).isEqualTo(SKIN);
        assertThat(model.get("status").asText()).isEqualTo("Healthy");
        assertThat(model.get("batchSize").asInt()).isEqualTo(1);
        assertThat(model.get("queueSize").asInt()).isEqualTo(100);
        assertThat(model.get("requestInQueue").asInt()).isZero();
        assertThat(model.get("loadedAtStartup").asBoolean()).isTrue();
        assertThat(model.get("digest").asText()).startsWith("sha256:");
        assertThat(model.get("notice").asText()).isEqualTo(Finding.NOTICE);
        JsonNode group = model.at("/workerGroups/0");
        assertThat(group.at("/device/deviceType").asText()).isEqualTo("cpu");
        assertThat(group.get("minWorkers").asInt()).isEqualTo(1);
        assertThat(group.at("/workers/0/status").asText()).isEqualTo("READY");
        assertThat(server.get("/models/" + SKIN + "/" + VERSION).body()).isEqualTo(answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models/none", "/models/pretrained-skin/9.9.9"})
    void refusesToDescribeWhatIsNotThere(String path) {
        Answer answer = server.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json("/type").asText()).isEqualTo("ModelNotFoundException");
    }
}
