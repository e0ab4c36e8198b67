package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.medzoo.serving.settings.ServerSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code deploy} has for KServe, against its resources' schema, {@code kserve-schema.json},
 * and against the server and its image. What a schema says to be Kubernetes' own is read as
 * strictly.
 */
class KServeManifestsTest {
    @RegisterExtension static final RunningServer server = RunningServer.with("load_models=NONE");

    private static final Path FOLDER = Path.of("../deploy");

    /** Of a pod that says nothing, in seconds. */
    private static final long GRACE = 30;

    private static Schema schema(String kind) throws Exception {
        try (InputStream file =
                KServeManifestsTest.class.getResourceAsStream("kserve-schema.json")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            ObjectNode schemas = (ObjectNode) KubernetesObjects.documents(text).get(0);
            schemas.put("$ref", "#/$defs/" + kind);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schemas.toString(), InputFormat.JSON);
        }
    }

    private static List<String> faults(JsonNode object) throws Exception {
        return schema(object.path("kind").asText())
                .validate(object.toString(), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode runtime() throws Exception {
        return KubernetesObjects.documents(FOLDER.resolve("kserve-servingruntime.yaml")).get(0);
    }

    private static List<JsonNode> services() throws Exception {
        return KubernetesObjects.documents(FOLDER.resolve("kserve-inferenceservice.yaml"));
    }

    /** The fields of the runtime that are those of a pod. */
    private static PodSpec pod() throws Exception {
        return KubernetesObjects.part(
                ((ObjectNode) runtime().get("spec").deepCopy()).retain("containers", "volumes"),
                PodSpec.class);
    }

    /** The runtime's container, with what a service sets in its place. */
    private static ManifestContainer container(JsonNode service) throws Exception {
        Container container = pod().getContainers().get(0);
        Map<String, EnvVar> variables = new TreeMap<>();
        container.getEnv().forEach(each -> variables.put(each.getName(), each));
        Container model =
                KubernetesObjects.part(
                        ((ObjectNode) service.at("/spec/predictor/model").deepCopy())
                                .without(
                                        List.of(
                                                "modelFormat",
                                                "runtime",
                                                "protocolVersion",
                                                "storageUri")),
                        Container.class);
        model.getEnv().forEach(each -> variables.put(each.getName(), each));
        container.setEnv(new ArrayList<>(variables.values()));
        return new ManifestContainer(container);
    }

    @Test
    void allIsAsTheSchemaSays() throws Exception {
        assertThat(faults(runtime())).isEmpty();
        assertThat(services()).hasSize(2);
        for (JsonNode each : services()) {
            assertThat(faults(each)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/spec", "/spec/supportedModelFormats/0", ""})
    void aFieldThatIsNotThereIsSeen(String where) throws Exception {
        JsonNode runtime = runtime();
        ((ObjectNode) runtime.at(where)).put("modelFormatt", "x");

        assertThat(faults(runtime)).hasSize(1);
    }

    @Test
    void theRuntimeStartsWhatIsThereAndNoMore() throws Exception {
        ManifestContainer container = new ManifestContainer(pod().getContainers().get(0));
        ServerSettings settings = container.settings();

        assertThat(container.container().getName()).isEqualTo("kserve-container");
        container.checkProbes(server.server().routes());
        container.checkConfined();
        container.checkPaths(pod().getVolumes());
        assertThat(container.container().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(settings.inference()).hasToString("http://0.0.0.0:8080");
        assertThat(settings.grpc()).hasToString("http://0.0.0.0:9000");
        assertThat(settings.management().host()).isEqualTo("127.0.0.1");
        assertThat(settings.stopDelay().plus(settings.drainTimeout().multipliedBy(2)).toSeconds())
                .isLessThan(GRACE);
    }

    @Test
    void theRuntimeSpeaksWhatItSaysItSpeaks() throws Exception {
        List<String> protocols = new ArrayList<>();
        runtime().at("/spec/protocolVersions").forEach(each -> protocols.add(each.asText()));

        assertThat(protocols).containsExactly("v1", "v2", "grpc-v2");
        assertThat(server.server().routes().stream().map(each -> each.template()))
                .contains("/v1/models/{model}:predict", "/v2/models/{model}/infer");
    }

    @Test
    void theServicesFitTheRuntime() throws Exception {
        String format = runtime().at("/spec/supportedModelFormats/0/name").asText();
        for (JsonNode service : services()) {
            JsonNode model = service.at("/spec/predictor/model");
            ManifestContainer container = container(service);
            PodSpec more =
                    KubernetesObjects.part(
                            ((ObjectNode) service.at("/spec/predictor").deepCopy())
                                    .without(List.of("model", "minReplicas", "maxReplicas")),
                            PodSpec.class);

            assertThat(model.at("/modelFormat/name").asText()).isEqualTo(format);
            assertThat(model.path("runtime").asText())
                    .isEqualTo(runtime().at("/metadata/name").asText());
            assertThat(runtime().at("/spec/protocolVersions").toString())
                    .contains("\"" + model.path("protocolVersion").asText() + "\"");
            container.settings();
            container.checkPaths(pod().getVolumes());
            KubernetesManifestsTest.checkOwnFolder(container, more.getInitContainers().get(0));
        }
        List<String> stores =
                services().stream().map(KServeManifestsTest::store).collect(Collectors.toList());
        assertThat(stores).containsExactly("/mnt/models", "artifact:/mnt/models");
    }

    private static String store(JsonNode service) {
        try {
            return String.valueOf(container(service).settings().store().location());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
