package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics, read by the rules of Prometheus' text format 0.0.4 and refused where it breaks
 * one: a metric's lines in one block after its {@code TYPE}, no series twice, right names, right
 * escapes, histograms whose buckets grow and end with their count.
 */
final class PrometheusText {
    private static final Pattern COMMENT =
            Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\n\"])*)\"(,|$)");
    private static final Set<String> TYPES =
            Set.of("counter", "gauge", "histogram", "summary", "untyped");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();

    /** One line of it. */
    record Sample(String name, Map<String, String> labels, double value) {}

    PrometheusText(String text) {
        assertThat(text).matches("(?s)|.*\n").doesNotContain("\r");
        String family = "";
        Set<String> closed = new TreeSet<>();
        for (String line : text.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            String of = comment.matches() ? comment.group(2) : add(line, family);
            if (!of.equals(family)) {
                assertThat(closed.add(of)).as("in one block: " + of).isTrue();
                family = of;
            }
            if (comment.matches() && comment.group(1).equals("TYPE")) {
                assertThat(TYPES).contains(comment.group(3));
                assertThat(types.put(of, comment.group(3))).as("one TYPE: " + of).isNull();
            }
        }
        assertThat(samples.stream().map(each -> each.name() + each.labels()))
                .doesNotHaveDuplicates();
        types.forEach(this::checkFamily);
    }

    /** The page of a server. */
    static PrometheusText of(RunningServer server) {
        Answer answer = server.get("/metrics");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("content-type"))
                .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        return new PrometheusText(answer.body());
    }

    private String add(String line, String family) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        Map<String, String> labels = new TreeMap<>();
        String rest = sample.group(2) == null ? "" : sample.group(2);
        Matcher label = LABEL.matcher(rest);
        int end = 0;
        while (end < rest.length()) {
            assertThat(label.find(end) && label.start() == end).as(line).isTrue();
            assertThat(labels.put(label.group(1), label.group(2))).as(line).isNull();
            end = label.end();
        }
        String number = sample.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
        samples.add(new Sample(sample.group(1), labels, Double.parseDouble(number)));
        String base = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
        boolean isPart =
                base.equals(family)
                        && Set.of("histogram", "summary").contains(types.getOrDefault(base, ""));
        return isPart ? base : sample.group(1);
    }

    private void checkFamily(String name, String type) {
        if (type.equals("counter")) {
            assertThat(samples.stream().filter(each -> each.name().equals(name)))
                    .isNotEmpty()
                    .allMatch(each -> each.value() >= 0);
        } else if (type.equals("histogram")) {
            checkHistogram(name);
        }
    }

    private void checkHistogram(String name) {
        Map<Map<String, String>, Double> last = new HashMap<>();
        for (Sample each : named(name + "_bucket")) {
            Map<String, String> labels = new TreeMap<>(each.labels());
            assertThat(labels.remove("le")).as(name).isNotNull();
            assertThat(each.value())
                    .as(name)
                    .isGreaterThanOrEqualTo(last.getOrDefault(labels, 0.0));
            last.put(labels, each.value());
        }
        Map<Map<String, String>, Double> counts = new HashMap<>();
        named(name + "_count").forEach(each -> counts.put(each.labels(), each.value()));
        assertThat(last).as(name).isNotEmpty().isEqualTo(counts);
        assertThat(named(name + "_sum")).as(name).hasSameSizeAs(counts.keySet());
    }

    private List<Sample> named(String name) {
        return samples.stream().filter(each -> each.name().equals(name)).toList();
    }

    /** The names of all samples. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        samples.forEach(each -> names.add(each.name()));
        return names;
    }

    /** Everything but the values, of what the server itself counts. */
    Set<String> series() {
        Set<String> series = new TreeSet<>();
        for (Sample each : samples) {
            if (!each.name().matches("(jvm|process|system)_.*")) {
                series.add(each.name() + each.labels());
            }
        }
        return series;
    }

    /**
     * Those of a name whose labels have such values.
     *
     * @param labels names and values in turn
     */
    List<Sample> all(String name, String... labels) {
        return named(name).stream()
                .filter(
                        each -> {
                            boolean fits = true;
                            for (int i = 0; i < labels.length; i += 2) {
                                fits &= labels[i + 1].equals(each.labels().get(labels[i]));
                            }
                            return fits;
                        })
                .toList();
    }

    /** Their sum, 0 when there are none. */
    double sum(String name, String... labels) {
        return all(name, labels).stream().mapToDouble(Sample::value).sum();
    }
}
