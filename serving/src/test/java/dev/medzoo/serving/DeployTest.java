package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The files in {@code deploy} against the server that they start and watch. */
class DeployTest {
    @RegisterExtension static final RunningServer server = RunningServer.with("load_models=NONE");

    private static final Path FOLDER = Path.of("../deploy");

    @Test
    void kubernetesProbesAndReachesWhatIsThere() throws Exception {
        List<JsonNode> objects = yaml("kubernetes.yaml");
        JsonNode pod = objects.get(0).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        ServerSettings settings = settings(container);

        assertThat(port(container, "http")).isEqualTo(settings.inference().port());
        assertThat(port(container, "management")).isEqualTo(settings.management().port());
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            JsonNode asked = container.at("/" + probe + "/httpGet");
            assertThat(asked.path("port").asText()).as(probe).isEqualTo("http");
            assertThat(isOpen(asked.path("path").asText(), null)).as(probe).isTrue();
        }
        JsonNode service = objects.get(1);
        assertThat(service.path("kind").asText()).isEqualTo("Service");
        assertThat(service.at("/spec/ports")).hasSize(1);
        assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
    }

    @Test
    void kubernetesWaitsForWhatIsUnderWay() throws Exception {
        List<JsonNode> objects = yaml("kubernetes.yaml");
        JsonNode pod = objects.get(0).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        JsonNode before = container.at("/lifecycle/preStop/exec/command");

        assertThat(before.get(0).asText()).isEqualTo("sleep");
        assertThat(pod.path("terminationGracePeriodSeconds").asLong())
                .isGreaterThan(
                        before.get(1).asLong()
                                + 2 * settings(container).drainTimeout().toSeconds());
        JsonNode labels = objects.get(0).at("/spec/template/metadata/labels");
        assertThat(objects.get(0).at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(objects.get(1).at("/spec/selector")).isEqualTo(labels);
        assertThat(objects.get(2).path("kind").asText()).isEqualTo("PodDisruptionBudget");
        assertThat(objects.get(2).at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(objects.get(2).at("/spec/minAvailable").asInt())
                .isLessThan(objects.get(0).at("/spec/replicas").asInt());
    }

    @Test
    void kubernetesGivesTheServerNoMoreThanItNeeds() throws Exception {
        JsonNode pod = yaml("kubernetes.yaml").get(0).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        JsonNode may = container.path("securityContext");
        assertThat(may.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(may.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(may.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.at("/resources/limits")).hasSize(2);

        // Beyond loopback the management takes tokens, or nobody can manage.
        ServerSettings settings = settings(container);
        assertThat(settings.management().host()).isEqualTo("0.0.0.0");
        Path tokens = Objects.requireNonNull(settings.tokens().file());
        JsonNode mount = named(container.path("volumeMounts"), "tokens");
        assertThat(tokens).hasParentRaw(Path.of(mount.path("mountPath").asText()));
        assertThat(named(pod.path("volumes"), "tokens").has("secret")).isTrue();
    }

    /** A volume is root's with everybody's permissions, where no cache is taken. */
    @Test
    void kubernetesGivesTheServerAFolderOfItsOwnForTheCache() throws Exception {
        JsonNode pod = yaml("kubernetes.yaml").get(0).at("/spec/template/spec");
        JsonNode mount = named(pod.at("/containers/0/volumeMounts"), "cache");
        JsonNode maker = pod.at("/initContainers/0");
        JsonNode made = named(maker.path("volumeMounts"), "cache");

        assertThat(texts(maker.path("command")))
                .containsExactly(
                        "mkdir",
                        "-p",
                        "-m",
                        "700",
                        made.path("mountPath").asText() + "/" + mount.path("subPath").asText());
        for (String cache : List.of("MEDZOO_CACHE", "DJL_CACHE_DIR")) {
            assertThat(Path.of(named(pod.at("/containers/0/env"), cache).path("value").asText()))
                    .hasParentRaw(Path.of(mount.path("mountPath").asText()));
        }
    }

    @Test
    void kserveSpeaksOpenInferenceAtItsPorts() throws Exception {
        JsonNode runtime = yaml("kserve-servingruntime.yaml").get(0);
        JsonNode container = runtime.at("/spec/containers/0");
        ServerSettings settings = settings(container);

        assertThat(runtime.path("apiVersion").asText()).isEqualTo("serving.kserve.io/v1alpha1");
        assertThat(runtime.path("kind").asText()).isEqualTo("ServingRuntime");
        assertThat(texts(runtime.at("/spec/protocolVersions"))).containsExactly("v2", "grpc-v2");
        assertThat(runtime.at("/spec/supportedModelFormats/0/name").asText()).isEqualTo("medzoo");
        assertThat(container.path("name").asText()).isEqualTo("kserve-container");
        assertThat(settings.inference()).hasToString("http://0.0.0.0:8080");
        assertThat(settings.grpc()).hasToString("http://0.0.0.0:9000");
        assertThat(settings.management().host()).isEqualTo("127.0.0.1");
        for (String probe : List.of("readinessProbe", "livenessProbe")) {
            JsonNode asked = container.at("/" + probe + "/httpGet");
            assertThat(asked.path("port").asInt()).isEqualTo(settings.inference().port());
            assertThat(isOpen(asked.path("path").asText(), null)).as(probe).isTrue();
        }
    }

    @Test
    void systemdStopsItGentlyAndShutsItIn() throws Exception {
        Map<String, String> unit = unit();
        Duration drain = RunningServer.settings().drainTimeout();

        assertThat(unit.get("KillSignal")).isEqualTo("SIGTERM");
        assertThat(Long.parseLong(unit.getOrDefault("TimeoutStopSec", "0")))
                .isGreaterThan(2 * drain.toSeconds());
        assertThat(unit.get("ExecStart")).contains("medzoo-cli.jar serve --config /etc/medzoo/");
        assertThat(unit)
                .containsEntry("User", "medzoo")
                .containsEntry("Restart", "on-failure")
                .containsEntry("ProtectSystem", "strict")
                .containsEntry("ProtectHome", "true")
                .containsEntry("PrivateTmp", "true")
                .containsEntry("NoNewPrivileges", "true")
                .containsEntry("CapabilityBoundingSet", "");
    }

    private static Map<String, String> unit() throws Exception {
        Map<String, String> unit = new HashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("medzoo.service"))) {
            if (line.matches("[A-Z]\\w*=.*")) {
                String[] parts = line.split("=", 2);
                unit.put(parts[0], parts[1]);
            }
        }
        return unit;
    }

    @Test
    void prometheusReadsTheMetricsWithAToken() throws Exception {
        JsonNode scrape = yaml("prometheus-scrape.yaml").get(0);
        JsonNode pod = yaml("kubernetes.yaml").get(0).at("/spec/template/spec");
        int management = port(pod.at("/containers/0"), "management");

        for (JsonNode job : scrape.path("scrape_configs")) {
            assertThat(isOpen(job.path("metrics_path").asText(), Role.OBSERVE)).isTrue();
            assertThat(job.at("/authorization/type").asText()).isEqualTo("Bearer");
            assertThat(job.at("/authorization/credentials_file").asText()).isNotBlank();
        }
        assertThat(scrape.at("/scrape_configs/0/static_configs/0/targets/0").asText())
                .endsWith(":" + management);
        for (JsonNode rules : scrape.path("rule_files")) {
            assertThat(FOLDER.resolve(rules.asText())).exists();
        }
    }

    @Test
    void alertsSayWhatIsWrongAndHowBadItIs() throws Exception {
        List<String> reasons =
                Arrays.stream(Kind.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList();
        Set<String> names = new HashSet<>();
        for (JsonNode rule : yaml("prometheus-alerts.yaml").get(0).at("/groups/0/rules")) {
            String name = rule.path("alert").asText();
            assertThat(names.add(name)).as(name).isTrue();
            assertThat(rule.path("expr").asText()).as(name).isNotBlank();
            assertThat(rule.at("/labels/severity").asText())
                    .as(name)
                    .isIn("critical", "warning", "info");
            assertThat(rule.at("/annotations/summary").asText()).as(name).contains("{{ $labels.");
            assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
            assertThat(reasons).as(name).containsAll(reasons(rule.path("expr").asText()));
        }
        assertThat(names).hasSizeGreaterThan(10);
    }

    private static List<String> reasons(String expression) {
        return Pattern.compile("reason=~?\"([^\"]*)\"")
                .matcher(expression)
                .results()
                .flatMap(each -> Stream.of(each.group(1).split("\\|", -1)))
                .toList();
    }

    @Test
    void theDashboardShowsItsPanelsSideBySide() throws Exception {
        JsonNode dashboard =
                new ObjectMapper()
                        .readTree(Files.readString(FOLDER.resolve("grafana-dashboard.json")));
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            for (String cell : cells(panel.path("gridPos"))) {
                assertThat(taken.add(cell)).as("%s at %s", title, cell).isTrue();
            }
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.path("targets")).as(title).isNotEmpty();
                panel.path("targets")
                        .forEach(each -> assertThat(each.path("expr").asText()).isNotBlank());
            }
        }
        assertThat(dashboard.at("/templating/list").findValuesAsText("name"))
                .containsExactly("datasource", "instance", "model");
    }

    private static List<String> cells(JsonNode position) {
        List<String> cells = new ArrayList<>();
        for (int x = 0; x < position.path("w").asInt(); x++) {
            for (int y = 0; y < position.path("h").asInt(); y++) {
                int column = position.path("x").asInt() + x;
                assertThat(column).isLessThan(24);
                cells.add(column + "/" + (position.path("y").asInt() + y));
            }
        }
        return cells;
    }

    private static List<JsonNode> yaml(String file) throws Exception {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper()
                        .readerFor(JsonNode.class)
                        .readValues(Files.readString(FOLDER.resolve(file)))) {
            return documents.readAll();
        }
    }

    /** What a container's server would be set to; wrong names and values fail. */
    private static ServerSettings settings(JsonNode container) throws SettingsException {
        Map<String, String> environment = new HashMap<>();
        container
                .path("env")
                .forEach(
                        each ->
                                environment.put(
                                        each.path("name").asText(), each.path("value").asText()));
        return ServerSettings.read(null, environment, Map.of());
    }

    private static boolean isOpen(String path, @Nullable Role role) {
        return server.server().routes().stream()
                .anyMatch(
                        route ->
                                route.template().equals(path)
                                        && route.role() == role
                                        && route.methods().contains("GET"));
    }

    private static int port(JsonNode container, String name) {
        return named(container.path("ports"), name).path("containerPort").asInt();
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode each : list) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError(name + ": none in " + list);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
