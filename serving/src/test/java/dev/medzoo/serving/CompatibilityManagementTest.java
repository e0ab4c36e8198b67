package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.BREAST;
import static dev.medzoo.serving.RunningServer.BREAST_VERSION;
import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.FOOT_VERSION;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 21 to 32 of the compatibility table: management, metrics, Open Inference. */
@DisplayNameGeneration(CompatibilityTable.Names.class)
@TestMethodOrder(CompatibilityTable.Order.class)
class CompatibilityManagementTest {
    @RegisterExtension static final CompatibilityTable table = new CompatibilityTable();

    @RegisterExtension
    static final RunningServer server = RunningServer.with("load_models=" + SKIN + "," + FOOT);

    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] NOTHING = new byte[0];

    @Row(
            value = "21",
            request = "GET /models?limit=1, then its nextPageToken",
            expect = "modelName, version, modelUrl, status; no token on the last page")
    void listsAPageAtATime() {
        Answer first = table.saw(server.get("/models?limit=1"));
        String token = first.json("/nextPageToken").asText();
        Answer last = table.saw(server.get("/models?limit=1&next_page_token=" + token));

        assertThat(first.status()).isEqualTo(200);
        assertThat(token).isEqualTo("1");
        JsonNode model = first.json("/models/0");
        assertThat(model.fieldNames())
                .toIterable()
                .containsExactly("modelName", "version", "modelUrl", "status");
        assertThat(model.get("modelName").asText()).isEqualTo(FOOT);
        assertThat(model.get("status").asText()).isEqualTo("READY");
        assertThat(last.json("/models/0/modelName").asText()).isEqualTo(SKIN);
        assertThat(last.json("/nextPageToken").isMissingNode()).isTrue();
        assertThat(server.get("/models").json("/models")).hasSize(2);
    }

    @Row(
            value = "22",
            request = "POST /models?url=…, again, and with synchronous=false",
            expect = "200 registered; 409; 202 scheduled")
    void registersAModel() throws Exception {
        String path = "/models?url=medzoo://" + BREAST + "&model_name=m";
        Answer first = table.saw(server.post(path, NOTHING));
        Answer again = table.saw(server.post(path, NOTHING));
        Answer later =
                table.saw(
                        server.post(
                                "/models?url=medzoo://" + BREAST + "&synchronous=false", NOTHING));
        Deadline.await(() -> server.post("/predictions/" + BREAST, PICTURE).status() == 200);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json("/status").asText()).isEqualTo("Model \"m\" registered.");
        assertThat(server.post("/predictions/m", PICTURE).status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json("/type").asText()).isEqualTo("BadRequestException");
        assertThat(again.json("/message").asText())
                .isEqualTo("Workflow m:" + BREAST_VERSION + " is already registered.");
        assertThat(later.status()).isEqualTo(202);
        assertThat(later.json("/status").asText())
                .isEqualTo("Model \"%s\" registration scheduled.".formatted(BREAST));
    }

    @Row(
            value = "23",
            request = "POST /models without url",
            expect = "400 \"Parameter url is required.\"")
    void registersNothingWithoutAUrl() {
        Answer answer = table.saw(server.post("/models", NOTHING));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/type").asText()).isEqualTo("BadRequestException");
        assertThat(answer.json("/message").asText()).isEqualTo("Parameter url is required.");
    }

    @Row(
            value = "24",
            request = "GET /models/m",
            expect = "an array of workflows with models, worker groups and workers")
    void describesAModel() {
        Answer answer = table.saw(server.get("/models/" + SKIN));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json("")).hasSize(1);
        assertThat(answer.json("/0").fieldNames())
                .toIterable()
                .containsExactly("workflowName", "version", "models");
        assertThat(answer.json("/0/models/0").fieldNames())
                .toIterable()
                .contains(
                        "modelName",
                        "modelUrl",
                        "batchSize",
                        "maxBatchDelayMillis",
                        "maxIdleSeconds",
                        "queueSize",
                        "requestInQueue",
                        "status",
                        "loadedAtStartup",
                        "workerGroups");
        JsonNode group = answer.json("/0/models/0/workerGroups/0");
        assertThat(group.fieldNames())
                .toIterable()
                .containsExactly("device", "minWorkers", "maxWorkers", "workers");
        assertThat(group.at("/device/deviceType").asText()).isEqualTo("cpu");
        assertThat(group.at("/device/deviceId").asInt()).isEqualTo(-1);
        assertThat(group.at("/workers/0").fieldNames())
                .toIterable()
                .containsExactly("id", "startTime", "status");
        assertThat(group.at("/workers/0/status").asText()).isEqualTo("READY");
    }

    @Row(
            value = "25",
            request = "PUT /models/m?min_worker=2&max_worker=4",
            expect = "200, how many workers there are now")
    void scales() {
        Answer answer =
                table.saw(
                        server.send(
                                "PUT", "/models/" + SKIN + "?min_worker=2&max_worker=4", NOTHING));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json("/status").asText())
                .isEqualTo(
                        "Workflow \"%s\" worker scaled. New Worker configuration min workers:2 max workers:4"
                                .formatted(SKIN));
        JsonNode group = server.get("/models/" + SKIN).json("/0/models/0/workerGroups/0");
        assertThat(group.get("minWorkers").asInt()).isEqualTo(2);
        assertThat(group.get("maxWorkers").asInt()).isEqualTo(4);
        assertThat(group.get("workers")).hasSize(2);
    }

    @Row(value = "26", request = "PUT /models/m?min_worker=two", expect = "400")
    void scalesByNoWord() {
        Answer answer =
                table.saw(server.send("PUT", "/models/" + SKIN + "?min_worker=two", NOTHING));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/type").asText()).isEqualTo("BadRequestException");
    }

    @Row(
            value = "27",
            request = "DELETE /models/m/" + FOOT_VERSION + ", again",
            expect = "200; 404")
    void unregisters() {
        assertThat(server.post("/models?url=medzoo://" + FOOT + "&model_name=gone", NOTHING))
                .extracting(Answer::status)
                .isEqualTo(200);
        Answer first = table.saw(server.send("DELETE", "/models/gone/" + FOOT_VERSION, NOTHING));
        Answer again = table.saw(server.send("DELETE", "/models/gone/" + FOOT_VERSION, NOTHING));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json("/status").asText())
                .isEqualTo("Model or workflow \"gone\" unregistered");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.json("/type").asText()).isEqualTo("ModelNotFoundException");
        assertThat(server.post("/predictions/gone", PICTURE).status()).isEqualTo(404);
    }

    @Row(value = "28", request = "PATCH /models/m", expect = "405 MethodNotAllowedException")
    void knowsNoSuchMethod() {
        Answer answer = table.saw(server.send("PATCH", "/models/" + SKIN, NOTHING));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.json("/type").asText()).isEqualTo("MethodNotAllowedException");
        assertThat(answer.json("/message").asText())
                .isEqualTo("Requested method is not allowed, please refer to API document.");
    }

    @Row(
            value = "29",
            request = "GET /unknown",
            expect = "404 \"Requested resource is not found, please refer to API document.\"")
    void knowsNoSuchPath() {
        Answer answer = table.saw(server.get("/unknown"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json("/type").asText()).isEqualTo("ResourceNotFoundException");
        assertThat(answer.json("/message").asText())
                .isEqualTo("Requested resource is not found, please refer to API document.");
    }

    @Row(
            value = "30",
            request = "GET /server/metrics, off and on",
            expect = "400; 200 and DJL Serving's names")
    void measures() throws Exception {
        Answer off = table.saw(server.get("/server/metrics"));
        RunningServer measured =
                RunningServer.with("load_models=" + SKIN, "prometheus=true").start();
        measured.post("/predictions/" + SKIN, PICTURE);
        measured.get("/unknown");
        Answer on = measured.get("/server/metrics");
        Answer some = measured.get("/server/metrics?name[]=RequestLatency");
        measured.server().close();
        List<String> names =
                List.of(
                        "DJLServingStart_total",
                        "StartupLatency",
                        "Response_2XX_total",
                        "Response_4XX_total",
                        "Response_5XX_total",
                        "WlmError_total",
                        "ServerError_total",
                        "LoadModel{",
                        "QueueTime_bucket",
                        "RequestLatency_bucket");
        table.note(on.status() + " with " + String.join(", ", names));

        assertThat(off.status()).isEqualTo(400);
        assertThat(off.json("/type").asText()).isEqualTo("BadRequestException");
        assertThat(on.status()).isEqualTo(200);
        assertThat(on.header("content-type")).startsWith("text/plain; version=0.0.4");
        assertThat(on.body()).contains(names);
        assertThat(some.body()).contains("RequestLatency").doesNotContain("QueueTime");
    }

    @Row(value = "31", request = "any answer of 400 or more", expect = "header `connection: close`")
    void closesAfterARefusal() throws Exception {
        List<String> seen = new ArrayList<>();
        for (String path : List.of("/ping", "/unknown", "/models?limit=x", "/predictions/m")) {
            try (Wire wire = new Wire(server)) {
                String head =
                        wire.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").head();
                String connection = head.replaceAll("(?s).*\r\nconnection: (\\S+)\r\n.*", "$1");
                seen.add(head.substring(9, 12) + " " + connection);
            }
        }
        table.note(String.join(", ", seen));

        assertThat(seen).containsExactly("200 keep-alive", "404 close", "400 close", "405 close");
    }

    @Row(
            value = "32",
            request =
                    "GET /v2, live, ready, metadata; POST infer nested, flat, without outputs; errors",
            expect = "as the Open Inference Protocol says; `{\"error\": …}`")
    void speaksOpenInference() {
        String model = "/v2/models/" + SKIN;
        Answer about = table.saw(server.get("/v2"));
        assertThat(about.json("/name").asText()).isNotEmpty();
        assertThat(about.json("/version").asText()).isNotEmpty();
        assertThat(about.json("/extensions").isArray()).isTrue();
        assertThat(table.saw(server.get("/v2/health/live")).json("/live").asBoolean()).isTrue();
        assertThat(table.saw(server.get("/v2/health/ready")).json("/ready").asBoolean()).isTrue();
        assertThat(server.get(model + "/ready").json("/ready").asBoolean()).isTrue();
        for (String path : List.of(model, model + "/versions/" + VERSION)) {
            Answer metadata = server.get(path);
            assertThat(metadata.json("/name").asText()).isEqualTo(SKIN);
            assertThat(metadata.json("/versions/0").asText()).isEqualTo(VERSION);
            assertThat(metadata.json("/inputs/0/name").asText()).isEqualTo("image");
            assertThat(metadata.json("/outputs/0/name").asText()).isEqualTo("probabilities");
        }

        String picture = Base64.getEncoder().encodeToString(PICTURE);
        Answer flat = infer(model, "[1]", "[\"%s\"]".formatted(picture));
        Answer nested = infer(model, "[1, 1]", "[[\"%s\"]]".formatted(picture));
        table.note("infer flat " + flat.status() + ", nested " + nested.status());
        assertThat(flat.status()).isEqualTo(200);
        assertThat(flat.json("/id").asText()).isEqualTo("case-7");
        assertThat(flat.json("/model_name").asText()).isEqualTo(SKIN);
        assertThat(flat.json("/model_version").asText()).isEqualTo(VERSION);
        assertThat(flat.json("/outputs/0/name").asText()).isEqualTo("probabilities");
        assertThat(flat.json("/outputs/0/data")).hasSize(7);
        assertThat(nested.json("/outputs")).isEqualTo(flat.json("/outputs"));

        Answer bad = table.saw(infer(model, "[2]", "[\"%s\"]".formatted(picture)));
        Answer none = table.saw(infer("/v2/models/none", "[1]", "[\"%s\"]".formatted(picture)));
        assertThat(bad.status()).isEqualTo(400);
        assertThat(none.status()).isEqualTo(404);
        for (Answer answer : List.of(bad, none, server.get("/v2/unknown"))) {
            assertThat(answer.json("").fieldNames()).toIterable().containsExactly("error");
        }
    }

    private static Answer infer(String model, String shape, String data) {
        String json =
                """
                {"id": "case-7", "inputs": [
                  {"name": "image", "datatype": "BYTES", "shape": %s, "data": %s}]}
                """
                        .formatted(shape, data);
        return server.post(
                model + "/infer",
                json.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json");
    }
}
