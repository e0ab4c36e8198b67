package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.watch.NodeSnapshot;
import dev.medzoo.serving.watch.ServerMetrics;
import dev.medzoo.zoo.artifact.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code docs/operations.md} and the files in {@code deploy} say, against a running server.
 */
@Tag("slow")
class OperationsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/operations.md");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:medzoo|jvm|process|system)_[a-z0-9_]*[a-z0-9]\\b");
    private static final String PREDICTIONS = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);

    private static RunningServer server;
    private static Set<String> metrics;

    @BeforeAll
    static void letEverythingHappenOnce(@TempDir Path root) throws Exception {
        Version next = Version.parse("1.1.0");
        StoreCopy store =
                new StoreCopy(root, SKIN)
                        .add(SKIN, next, "\"temperature\" : [0-9.]+", "\"temperature\" : 3.0")
                        .alias(SKIN, "candidate", next)
                        .write();
        server =
                RunningServer.with(
                                "store=" + root,
                                "store_refresh=0.1",
                                "shadow_share=100",
                                "batch_size=2",
                                "max_batch_delay=1000")
                        .start();
        assertThat(server.post(PREDICTIONS, PICTURE).status()).isEqualTo(200);
        assertThat(server.post(PREDICTIONS, new byte[1]).status()).isEqualTo(400);
        assertThat(server.post("/v2/models/" + SKIN + "/infer", two()).status()).isEqualTo(200);
        leave();
        System.gc();
        Deadline.await(() -> page().contains("medzoo_shadow_distance_count"));
        Deadline.await(() -> page().contains("medzoo_http_abandoned_total"));
        store.publish(SKIN, "1.2.0").stable(SKIN, StoreCopy.VERSION).write();
        Deadline.await(() -> page().matches("(?s).*outcome=\"failure\"[^\n]* [1-9].*"));
        try (ServerMetrics withTls = new ServerMetrics()) {
            withTls.watchCertificate(Instant::now);
            withTls.watchNode(() -> new NodeSnapshot(true, 0, 0, 0, 0, 0));
            metrics =
                    Stream.of(page(), withTls.text(Set.of()))
                            .flatMap(String::lines)
                            .map(line -> line.replaceFirst("^# TYPE ", ""))
                            .map(line -> line.replaceFirst("[ {].*", ""))
                            .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @AfterAll
    static void stop() {
        server.server().close();
    }

    private static String page() {
        return server.get("/metrics").body();
    }

    /** An Open Inference request of two pictures. */
    private static byte[] two() {
        String picture = Base64.getEncoder().encodeToString(PICTURE);
        return "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [2], \"data\": [\"%s\", \"%s\"]}]}"
                .formatted(picture, picture)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Goes before the answer. */
    private static void leave() throws IOException {
        try (Wire wire = new Wire(server)) {
            wire.post(PREDICTIONS, PICTURE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatEachRefusalMeans(Kind kind) throws Exception {
        String row =
                "| `%s` | %d | `%s` | `%s` | "
                        .formatted(
                                kind.name().toLowerCase(Locale.ROOT),
                                kind.status(),
                                kind.type(),
                                kind.grpcCode());

        List<String> rows = Files.readAllLines(DOCUMENT);
        assertThat(rows).filteredOn(each -> each.startsWith(row)).hasSize(1);
        assertThat(rows)
                .filteredOn(each -> each.startsWith(row))
                .allMatch(each -> each.matches(".*\\| [^|]+ \\| [^|]+ \\|"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/operations.md",
                "docs/http-api.md",
                "deploy/grafana-dashboard.json",
                "deploy/prometheus-alerts.yaml",
                "deploy/prometheus-scrape.yaml",
                "benchmarks/README.md"
            })
    void namesMetricsThatAreOnThePage(String file) throws Exception {
        assertThat(metrics).containsAll(found(METRIC, Files.readString(Path.of("..", file))));
    }

    @Test
    void namesMetricsOfDjlServingThatAreOnThePage() throws Exception {
        String paragraph =
                Files.readString(DOCUMENT)
                        .replaceFirst("(?s).*DJL Serving's names are there too", "")
                        .replaceFirst("(?s)\n\n.*", "");
        Set<String> named = found(Pattern.compile("(?<=`)[A-Z]\\w+(?=`)"), paragraph);

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(metrics).containsAll(named);
    }

    @Test
    void namesEveryMetricOfItsOwn() throws Exception {
        Set<String> named = found(METRIC, Files.readString(DOCUMENT));
        List<String> families =
                page().lines()
                        .filter(line -> line.startsWith("# TYPE medzoo_"))
                        .map(line -> line.split(" ", -1)[2])
                        .filter(each -> !each.matches(".*(seconds|size|distance)_max"))
                        .toList();

        assertThat(families).hasSizeGreaterThan(20);
        assertThat(named).containsAll(families);
    }

    @Test
    void leadsToFilesThatAreThere() throws Exception {
        for (String page : List.of("operations.md", "http-api.md")) {
            String text = Files.readString(Path.of("../docs", page));
            Set<String> links = found(Pattern.compile("(?<=\\]\\()[^)#:]+(?=[)#])"), text);
            assertThat(links)
                    .as(page)
                    .isNotEmpty()
                    .allMatch(link -> Files.exists(Path.of("../docs", link)));
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
