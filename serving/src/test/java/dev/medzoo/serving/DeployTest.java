package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.refusal.Refusal.Kind;
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
        JsonNode pod = yaml("kubernetes/base/medzoo.yaml").get(0).at("/spec/template/spec");
        JsonNode ports = pod.at("/containers/0/ports");
        int management = ports.path(1).path("containerPort").asInt();

        for (JsonNode job : scrape.path("scrape_configs")) {
            assertThat(isOpen(job.path("metrics_path").asText(), Role.OBSERVE)).isTrue();
            assertThat(job.at("/authorization/type").asText()).isEqualTo("Bearer");
            assertThat(job.at("/authorization/credentials_file").asText()).isNotBlank();
        }
        assertThat(scrape.at("/scrape_configs/0/static_configs/0/targets/0").asText())
                .endsWith(":" + management);
        assertThat(ports.path(1).path("name").asText()).isEqualTo("management");
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

    private static boolean isOpen(String path, @Nullable Role role) {
        return server.server().routes().stream()
                .anyMatch(
                        route ->
                                route.template().equals(path)
                                        && route.role() == role
                                        && route.methods().contains("GET"));
    }
}
