package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class MetricsTest {
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with("workers=1", "batch_size=4", "max_request_size=200000");

    private static final String PATH = "/predictions/" + SKIN;
    private static final String VERSIONED = PATH + "/" + VERSION;
    private static final String[] OF_SKIN = {"model", SKIN, "version", VERSION};
    private static final String[] OF_COPY = {
        "model", SKIN, "version", StoreCopy.VERSION.toString()
    };
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] LARGE = DrawnPicture.jpeg(1500, 1000, 1);
    private static final byte[] TEXT = "not a picture".getBytes(StandardCharsets.UTF_8);

    /** What was sent, by method, route and status. */
    private final Map<List<String>, Integer> sent = new HashMap<>();

    @Test
    void countsEveryRequestOnceByRouteMethodAndStatus() {
        PrometheusText before = PrometheusText.of(server);
        send(3, "POST", PATH, PICTURE, "/predictions/{model}");
        send(2, "POST", VERSIONED, PICTURE, "/predictions/{model}/{version}");
        send(4, "POST", PATH, TEXT, "/predictions/{model}");
        send(2, "POST", "/predictions/none", PICTURE, "/predictions/{model}");
        send(1, "POST", PATH, new byte[300_000], "none");
        send(2, "GET", "/nowhere/Jane%20Doe", TEXT, "none");
        send(1, "DELETE", "/ping", TEXT, "none");
        send(1, "BREW", "/ping", TEXT, "none");
        send(3, "GET", "/ping", TEXT, "/ping");
        send(1, "POST", "/models", TEXT, "/models");
        send(1, "GET", "/models/" + SKIN, TEXT, "/models/{model}");
        send(2, "GET", "/v2/models/none", TEXT, "/v2/models/{model}");
        send(1, "POST", "/v2/models/none/infer", INFER, "/v2/models/{model}/infer");
        PrometheusText after = PrometheusText.of(server);

        String name = "medzoo_http_requests_total";
        sent.forEach(
                (key, times) -> {
                    String[] labels = {
                        "method", key.get(0), "route", key.get(1), "status", key.get(2)
                    };
                    assertThat(after.sum(name, labels) - before.sum(name, labels))
                            .as(key.toString())
                            .isEqualTo(times.doubleValue());
                });
        int all = sent.values().stream().mapToInt(Integer::intValue).sum();
        // And the first page of the two.
        assertThat(after.sum(name) - before.sum(name)).isEqualTo(all + 1.0);
        assertThat(after.sum("medzoo_http_request_seconds_count")).isEqualTo(after.sum(name));
        assertThat(statuses()).contains("200", "400", "404", "405", "413");
        assertThat(delta(before, after, "medzoo_refusals_total", "reason", "unreadable_picture"))
                .isEqualTo(4);
        assertThat(delta(before, after, "medzoo_refusals_total", "reason", "unknown_model"))
                .isEqualTo(5);
        assertThat(delta(before, after, "medzoo_refusals_total", "reason", "body_too_large"))
                .isEqualTo(1);
        assertThat(delta(before, after, "medzoo_refusals_total", "reason", "wrong_method"))
                .isEqualTo(2);
        int refused =
                sent.entrySet().stream()
                        .filter(each -> Integer.parseInt(each.getKey().get(2)) >= 400)
                        .mapToInt(Map.Entry::getValue)
                        .sum();
        assertThat(delta(before, after, "medzoo_refusals_total")).isEqualTo(refused);
    }

    /** A picture of one byte, which is not looked at. */
    private static final byte[] INFER =
            """
            {"inputs": [{"name": "picture", "shape": [1], "datatype": "BYTES", "data": ["AA=="]}]}
            """
                    .getBytes(StandardCharsets.UTF_8);

    private Set<String> statuses() {
        return sent.keySet().stream().map(key -> key.get(2)).collect(Collectors.toSet());
    }

    private void send(int times, String method, String path, byte[] body, String route) {
        String known = method.equals("BREW") ? "other" : method;
        for (int i = 0; i < times; i++) {
            Answer answer = server.send(method, path, body);
            String status = String.valueOf(answer.status());
            sent.merge(List.of(known, route, status), 1, Integer::sum);
        }
    }

    @Test
    void measuresEveryPredictionOfAVersion() {
        PrometheusText before = PrometheusText.of(server);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(server.sendAsync("POST", PATH, i % 4 == 3 ? TEXT : PICTURE));
        }
        List<Integer> statuses = answers.stream().map(each -> each.join().status()).toList();
        PrometheusText after = PrometheusText.of(server);

        assertThat(statuses).containsOnly(200, 400).filteredOn(each -> each == 200).hasSize(9);
        String digest = server.post(PATH, PICTURE).header("x-medzoo-digest");
        String[] good = {"model", SKIN, "version", VERSION, "digest", digest, "status", "200"};
        assertThat(delta(before, after, "medzoo_requests_total", good)).isEqualTo(9);
        good[7] = "400";
        assertThat(delta(before, after, "medzoo_requests_total", good)).isEqualTo(3);
        for (String part : List.of("queue", "preprocess", "inference", "postprocess", "total")) {
            String name = "medzoo_" + part + "_seconds";
            assertThat(delta(before, after, name + "_count", OF_SKIN)).as(part).isEqualTo(9);
            assertThat(delta(before, after, name + "_sum", OF_SKIN)).as(part).isPositive();
            assertThat(after.all(name + "_bucket", OF_SKIN)).as(part).hasSize(14);
        }
        assertThat(delta(before, after, "medzoo_total_seconds_sum", OF_SKIN))
                .isGreaterThan(delta(before, after, "medzoo_inference_seconds_sum", OF_SKIN) / 4);
        assertThat(delta(before, after, "medzoo_batch_size_sum", OF_SKIN)).isEqualTo(9);
        assertThat(delta(before, after, "medzoo_batch_size_count", OF_SKIN)).isBetween(3.0, 9.0);
        assertThat(after.sum("medzoo_confidence", OF_SKIN)).isBetween(1 / 7.0, 1.0);
        assertThat(after.sum("medzoo_abstained_ratio", OF_SKIN)).isBetween(0.0, 1.0);
    }

    @Test
    void saysUnderTheNamesOfDjlServingWhatItSays() {
        PrometheusText before = PrometheusText.of(server);
        server.post(PATH, PICTURE);
        server.post(PATH, TEXT);
        server.get("/ping");
        PrometheusText after = PrometheusText.of(server);

        for (String name : List.of("QueueTime_count", "RequestLatency_count")) {
            assertThat(delta(before, after, name, "Model", SKIN)).as(name).isEqualTo(1);
        }
        assertThat(delta(before, after, "Response_2XX_total")).isEqualTo(1);
        assertThat(delta(before, after, "Response_4XX_total")).isEqualTo(1);
        assertThat(delta(before, after, "Response_5XX_total")).isZero();
        assertThat(after.all("Response_2XX_total").get(0).labels()).containsOnlyKeys("Host");
        assertThat(after.sum("WlmError_total")).isZero();
        assertThat(after.sum("DJLServingStart_total")).isEqualTo(1);
        assertThat(after.all("DJLServingStart_total").get(0).labels()).containsOnlyKeys("Version");
        assertThat(after.sum("LoadModel", "Model", SKIN)).isGreaterThan(1000);
        assertThat(after.sum("RegisterWorkflow", "Model", SKIN)).isGreaterThan(1000);
        // Microseconds, of at least the picture's way through the network.
        assertThat(delta(before, after, "RequestLatency_sum", "Model", SKIN)).isGreaterThan(1000);
        System.gc();
        assertThat(PrometheusText.of(server).sum("StartupLatency")).isGreaterThan(100_000);
    }

    @Test
    void tellsOfTheProcessAroundIt() {
        PrometheusText page = PrometheusText.of(server);

        assertThat(page.sum("jvm_memory_used_bytes", "area", "heap")).isGreaterThan(1e6);
        assertThat(page.sum("process_resident_memory_bytes"))
                .isGreaterThan(page.sum("jvm_memory_used_bytes", "area", "nonheap"));
        assertThat(page.sum("process_files_open_files")).isPositive();
        assertThat(page.sum("jvm_threads_live_threads")).isPositive();
        assertThat(page.sum("process_uptime_seconds")).isPositive();
        assertThat(page.names()).contains("process_cpu_usage", "system_cpu_count");
        assertThat(page.sum("medzoo_connections")).isPositive();
    }

    @Test
    void givesOnlyWhatIsAskedFor() {
        server.post(PATH, PICTURE);
        Answer answer =
                server.get("/metrics?name%5B%5D=medzoo_requests_total&name%5B%5D=QueueTime_count");
        Set<String> names = new PrometheusText(answer.body()).names();

        assertThat(names)
                .contains("medzoo_requests_total")
                .noneMatch(name -> name.startsWith("jvm"));
        assertThat(server.get("/metrics?name%5B%5D=none").status()).isEqualTo(200);
        assertThat(server.get("/server/metrics").status()).isEqualTo(400);
    }

    /** Whatever a thousand clients call models, versions, paths, methods and themselves. */
    @Test
    void hasNoMoreSeriesHoweverManyNamesClientsMakeUp() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 12; i++) {
            sendMadeUp(random, i);
        }
        Set<String> before = PrometheusText.of(server).series();
        for (int i = 0; i < 1000; i++) {
            sendMadeUp(random, i);
        }

        assertThat(PrometheusText.of(server).series()).isEqualTo(before);
    }

    private static void sendMadeUp(Random random, int kind) throws IOException {
        String name = Long.toString(random.nextLong() >>> 1, 36);
        String line =
                switch (kind % 12) {
                    case 0 -> "POST /predictions/" + name;
                    case 1 -> "POST /predictions/" + SKIN + "/" + name;
                    case 2 -> "GET /" + name + "?" + name + "=" + name;
                    case 3 -> name.toUpperCase(Locale.ROOT) + " /ping";
                    case 4 -> "GET /models/" + name;
                    case 5 -> "POST /invocations?model_name=" + name;
                    case 6 -> "DELETE /models/" + name + "/" + name;
                    case 7 -> "POST /models?url=medzoo://" + name + "&model_name=" + name;
                    case 8 -> "GET /store/" + name;
                    case 9 -> "GET http://" + name + "/ping";
                    case 10 -> "GET /%" + name;
                    default -> "POST /models/" + name + "/invoke";
                };
        try (Wire wire = new Wire(server)) {
            String response =
                    wire.send(line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: " + name)
                            .send("\r\nx-request-id: " + name + "\r\nx-routing-key: " + name)
                            .send("\r\n" + name + ": " + name + "\r\nConnection: close\r\n\r\n")
                            .rest();
            assertThat(response).as(line).startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void countsWhatAnOverloadRefuses() throws Exception {
        RunningServer small = RunningServer.with("workers=1", "job_queue_size=1").start();
        try {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(small.sendAsync("POST", PATH, LARGE));
            }
            List<Integer> statuses = answers.stream().map(each -> each.join().status()).toList();
            int refused = Collections.frequency(statuses, 503);
            // A worker is free again only after its answer has left.
            Deadline.await(() -> expectedWait(small) == 0);
            PrometheusText page = PrometheusText.of(small);

            assertThat(refused).isBetween(1, 39);
            assertThat(page.sum("medzoo_refusals_total", "reason", "queue_full"))
                    .isEqualTo(refused);
            assertThat(page.sum("medzoo_requests_total", "model", SKIN, "status", "503"))
                    .isEqualTo(refused);
            assertThat(page.sum("medzoo_requests_total", "model", SKIN, "status", "200"))
                    .isEqualTo(40.0 - refused);
            assertThat(page.sum("medzoo_total_seconds_count", OF_SKIN)).isEqualTo(40.0 - refused);
            assertThat(page.sum("Response_5XX_total")).isEqualTo(refused);
            assertThat(page.sum("WlmError_total")).isEqualTo(refused);
            assertThat(page.sum("medzoo_queue_depth", OF_SKIN)).isZero();
            assertThat(page.sum("medzoo_workers", OF_SKIN)).isEqualTo(1);
            assertThat(page.sum("medzoo_workers_max", OF_SKIN)).isEqualTo(1);
        } finally {
            small.server().close();
        }
    }

    private static double expectedWait(RunningServer server) {
        return PrometheusText.of(server).sum("medzoo_expected_wait_seconds", OF_SKIN);
    }

    @Test
    void aVersionThatGoesTakesItsGaugesAndHistogramsAlong(@TempDir Path root) throws Exception {
        StoreCopy store = new StoreCopy(root, SKIN).write();
        RunningServer own =
                RunningServer.with("store=" + root, "workers=1", "store_refresh=1").start();
        try {
            assertThat(own.post(PATH, PICTURE).status()).isEqualTo(200);
            assertThat(PrometheusText.of(own).sum("medzoo_workers", OF_COPY)).isEqualTo(1);
            store.publish(SKIN, "1.1.0").write();
            Deadline.await(
                    () ->
                            PrometheusText.of(own).sum("medzoo_loads_total", "outcome", "failure")
                                    > 0);
            assertThat(PrometheusText.of(own).sum("ModelLoadingError_total")).isPositive();

            assertThat(own.send("DELETE", "/models/" + SKIN, new byte[0]).status()).isEqualTo(200);

            Deadline.await(() -> PrometheusText.of(own).all("medzoo_workers").isEmpty());
            PrometheusText page = PrometheusText.of(own);
            assertThat(page.names())
                    .contains("medzoo_requests_total", "medzoo_loads_total")
                    .doesNotContain(
                            "medzoo_queue_depth",
                            "medzoo_workers_max",
                            "medzoo_confidence",
                            "medzoo_abstained_ratio",
                            "medzoo_expected_wait_seconds",
                            "medzoo_total_seconds_count",
                            "medzoo_batch_size_count");
        } finally {
            own.server().close();
        }
    }

    @Test
    void aVersionThatComesBackWhileItStillAnswersHasItsGauges(@TempDir Path root) throws Exception {
        new StoreCopy(root, SKIN).write();
        RunningServer own = RunningServer.with("store=" + root, "workers=1").start();
        try {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                answers.add(own.sendAsync("POST", PATH, LARGE));
            }
            Deadline.await(() -> PrometheusText.of(own).sum("medzoo_queue_depth", OF_COPY) > 5);
            own.send("DELETE", "/models/" + SKIN, new byte[0]);
            Answer registered = own.post("/models?url=medzoo://" + SKIN + "/1.0.0", new byte[0]);
            assertThat(registered.status()).as(registered.body()).isEqualTo(200);
            // What began before went on with the old one, which is gone after the last of them.
            answers.forEach(each -> assertThat(each.join().status()).isIn(200, 404));
            Deadline.await(() -> threads(SKIN) == 1);
            assertThat(own.post(PATH, PICTURE).status()).isEqualTo(200);

            PrometheusText page = PrometheusText.of(own);
            assertThat(page.sum("medzoo_workers", OF_COPY)).isEqualTo(1);
            assertThat(page.sum("medzoo_total_seconds_count", OF_COPY)).isPositive();
            assertThat(page.sum("medzoo_loads_total", "model", SKIN, "outcome", "success"))
                    .isEqualTo(2);
            assertThat(page.sum("medzoo_load_seconds_count", "model", SKIN)).isEqualTo(2);
        } finally {
            own.server().close();
        }
    }

    /** Workers of a model in this process, but for those of the server that all tests share. */
    private static long threads(String model) {
        return Thread.getAllStackTraces().keySet().stream()
                        .filter(each -> each.getName().startsWith(model + "/"))
                        .count()
                - 1;
    }

    private static double delta(
            PrometheusText before, PrometheusText after, String name, String... labels) {
        return after.sum(name, labels) - before.sum(name, labels);
    }
}
