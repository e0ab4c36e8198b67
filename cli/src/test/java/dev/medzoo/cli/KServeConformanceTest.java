package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.ByteString;
import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.inference.ModelInferRequest;
import dev.medzoo.inference.ModelInferRequest.InferInputTensor;
import dev.medzoo.inference.ModelInferResponse;
import dev.medzoo.inference.ModelReadyRequest;
import dev.medzoo.inference.ServerReadyRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays KServe's storage initializer, a kubelet and KServe's gateway and batcher against a server
 * process with the environment that {@code deploy/kserve-servingruntime.yaml} gives it, but for the
 * places on this machine and the time it has.
 */
@Tag("slow")
class KServeConformanceTest {
    private static final String MODEL = "pretrained-skin";
    private static final Path ARTIFACT = Path.of("../model-store", MODEL, "2.2.0");
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int UNDER_WAY = 4;

    private byte[] picture = new byte[0];

    @TempDir Path folder = Path.of("");

    /** What a pod of a service of one artifact has, with the places of this machine. */
    private Map<String, String> environment() throws Exception {
        Map<String, String> environment = new TreeMap<>();
        JsonNode runtime =
                new YAMLMapper().readTree(Path.of("../deploy/kserve-servingruntime.yaml").toFile());
        for (JsonNode each : runtime.at("/spec/containers/0/env")) {
            environment.put(each.path("name").asText(), each.path("value").asText());
        }
        assertThat(environment)
                .containsEntry("MEDZOO_STORE", "/mnt/models")
                .containsEntry("MEDZOO_TRUST", "/opt/medzoo/trust.json");
        environment.put("MEDZOO_STORE", "artifact:" + folder.resolve("models"));
        environment.put("MEDZOO_TRUST", Path.of("../trust.json").toRealPath().toString());
        environment.put("MEDZOO_INFERENCE_ADDRESS", "http://127.0.0.1:0");
        environment.put("MEDZOO_MANAGEMENT_ADDRESS", "http://localhost:0");
        environment.put("MEDZOO_GRPC_ADDRESS", "127.0.0.1");
        environment.put("MEDZOO_GRPC_PORT", "0");
        environment.put("MEDZOO_CACHE", folder.resolve("cache").toString());
        environment.remove("DJL_CACHE_DIR"); // what the machine has unpacked is taken
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.put("MEDZOO_WORKERS", "1");
        // No machine is too slow for what is asked meanwhile.
        environment.put("MEDZOO_STOP_DELAY", "15");
        environment.put("MEDZOO_MAX_WAIT", "86400");
        return environment;
    }

    /** As the storage initializer does: the files of the folder, below no other folder. */
    @BeforeEach
    void initializeStorage() throws IOException {
        picture = Files.readAllBytes(ARTIFACT.resolve("golden/drawn-1.png"));
        try (Stream<Path> all = Files.walk(ARTIFACT)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve("models").resolve(ARTIFACT.relativize(each));
                Files.createDirectories(target.getParent());
                Files.copy(each, target);
            }
        }
    }

    @Test
    void aPodLivesAsKServeHasIt() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, environment())) {
            awaitReadiness(server);
            ManagedChannel channel =
                    Grpc.newChannelBuilderForAddress(
                                    "127.0.0.1",
                                    server.grpcPort(),
                                    InsecureChannelCredentials.create())
                            .build();
            try {
                probe(server, channel);
                JsonNode finding = predictAsVersion1(server);
                predictAsVersion2(server, finding);
                predictOverGrpc(channel, finding);
                drain(server, channel);
            } finally {
                channel.shutdownNow();
                channel.awaitTermination(1, TimeUnit.MINUTES);
            }
        }
    }

    /** A kubelet's startup probe fails until it succeeds once, and then all others do. */
    private static void awaitReadiness(ServerProcess server) throws Exception {
        URI ready = server.address().resolve("/v2/health/ready");
        ServerProcess.awaitThat(
                () -> {
                    int status = ServerProcess.status(ready);
                    assertThat(status).isIn(0, 400, 200);
                    return status == 200;
                });
    }

    private static void probe(ServerProcess server, ManagedChannel channel) throws Exception {
        for (String path :
                List.of(
                        "/live",
                        "/ready",
                        "/v2/health/live",
                        "/v2/health/ready",
                        "/v1/models/" + MODEL,
                        "/v2/models/" + MODEL + "/ready")) {
            assertThat(ServerProcess.status(server.address().resolve(path)))
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(health(channel)).isEqualTo(ServingStatus.SERVING);
        GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub =
                GRPCInferenceServiceGrpc.newBlockingStub(channel);
        assertThat(stub.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
        assertThat(
                        stub.modelReady(ModelReadyRequest.newBuilder().setName(MODEL).build())
                                .getReady())
                .isTrue();
        // Nothing but this: the metrics stay inside the pod.
        assertThat(ServerProcess.status(server.address().resolve("/metrics"))).isEqualTo(404);
        assertThat(ServerProcess.status(server.address().resolve("/v1/models/eye"))).isEqualTo(404);
    }

    private static ServingStatus health(ManagedChannel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(1, TimeUnit.MINUTES)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    /**
     * The batcher joins the instances of several requests, and parts the predictions by their
     * number.
     */
    private JsonNode predictAsVersion1(ServerProcess server) throws Exception {
        String models = ServerProcess.get(server.address().resolve("/v1/models")).body();
        assertThat(MAPPER.readTree(models).at("/models")).hasSize(1);
        String one = "{\"b64\": \"%s\"}".formatted(base64());
        HttpResponse<String> answer =
                ServerProcess.post(
                        server.address().resolve("/v1/models/" + MODEL + ":predict"),
                        JSON,
                        bytes("{\"instances\": [%s, %s, %s]}".formatted(one, one, one)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode predictions = MAPPER.readTree(answer.body()).path("predictions");
        assertThat(predictions).hasSize(3).allMatch(each -> each.equals(predictions.path(0)));
        assertThat(predictions.path(0).path("model").asText()).isEqualTo(MODEL);
        return predictions.path(0);
    }

    private void predictAsVersion2(ServerProcess server, JsonNode finding) throws Exception {
        URI model = server.address().resolve("/v2/models/" + MODEL);
        JsonNode metadata = MAPPER.readTree(ServerProcess.get(model).body());
        assertThat(metadata.path("versions").path(0).asText())
                .isEqualTo(finding.path("version").asText());
        HttpResponse<String> answer =
                ServerProcess.post(
                        URI.create(model + "/infer"),
                        JSON,
                        bytes(
                                "{\"id\": \"7\", \"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\"%s\"]}], \"outputs\": [{\"name\": \"label\"}]}"
                                        .formatted(base64())));

        JsonNode json = MAPPER.readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json.path("id").asText()).isEqualTo("7");
        assertThat(json.at("/parameters/digest")).isEqualTo(finding.path("digest"));
        assertThat(json.at("/outputs/0/data/0")).isEqualTo(finding.path("label"));
    }

    private void predictOverGrpc(ManagedChannel channel, JsonNode finding) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(MODEL);
        InferInputTensor.Builder input = request.addInputsBuilder();
        input.setName("image").setDatatype("BYTES").addShape(1);
        input.getContentsBuilder().addBytesContents(ByteString.copyFrom(picture));
        ModelInferResponse answer =
                GRPCInferenceServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(10, TimeUnit.MINUTES)
                        .modelInfer(request.build());

        assertThat(answer.getModelVersion()).isEqualTo(finding.path("version").asText());
        assertThat(answer.getOutputs(0).getContents().getFp32ContentsList())
                .contains((float) finding.path("probability").asDouble());
    }

    /**
     * SIGTERM while requests are under way on connections that stay open: readiness goes first,
     * every request gets its answer, and the process ends well.
     */
    private void drain(ServerProcess server, ManagedChannel channel) throws Exception {
        URI address = server.address();
        URI ready = address.resolve("/v2/health/ready");
        List<Socket> underWay = new ArrayList<>();
        Socket idle = connect(address);
        Socket half = connect(address);
        try {
            assertThat(response(send(idle, request("GET", "/live", new byte[0]))))
                    .contains("connection: keep-alive");
            byte[] whole = request("POST", "/predictions/" + MODEL, picture);
            send(half, whole, 0, whole.length - 10);
            for (int i = 0; i < UNDER_WAY; i++) {
                Socket socket = connect(address);
                underWay.add(socket);
                send(socket, whole);
            }

            server.terminate();

            ServerProcess.awaitThat(() -> ServerProcess.status(ready) == 400);
            assertThat(health(channel)).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(ServerProcess.status(address.resolve("/v2/health/live"))).isEqualTo(200);
            // What a service still sends here, on a new connection and on an old one.
            assertThat(
                            ServerProcess.post(
                                            address.resolve("/predictions/" + MODEL),
                                            "image/png",
                                            picture)
                                    .statusCode())
                    .isEqualTo(200);
            assertThat(response(send(idle, whole)))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("connection: close");
            assertThat(response(send(half, whole, whole.length - 10, 10)))
                    .startsWith("HTTP/1.1 200 ");
            for (Socket each : underWay) {
                assertThat(response(each)).startsWith("HTTP/1.1 200 ");
            }
            assertThat(server.exitCode()).as(server.log()).isZero();
            assertThat(ServerProcess.status(ready)).isZero();
        } finally {
            idle.close();
            half.close();
            for (Socket each : underWay) {
                each.close();
            }
        }
    }

    private static Socket connect(URI address) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(600_000);
        return socket;
    }

    private static byte[] request(String method, String path, byte[] body) {
        byte[] head =
                bytes(
                        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                                .formatted(method, path, body.length));
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    private static Socket send(Socket socket, byte[] bytes) throws IOException {
        return send(socket, bytes, 0, bytes.length);
    }

    private static Socket send(Socket socket, byte[] bytes, int from, int count)
            throws IOException {
        socket.getOutputStream().write(bytes, from, count);
        socket.getOutputStream().flush();
        return socket;
    }

    /** A response of a length that its head says. */
    private static String response(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        String text = head.toString();
        int length = Integer.parseInt(text.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String base64() {
        return Base64.getEncoder().encodeToString(picture);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
