package dev.medzoo.benchmarks.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says of itself in Prometheus' text format. */
final class MetricsPage {
    static final String PATH = "/metrics";

    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})?\\s+(\\S+)(?:\\s+-?\\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(String name, SortedMap<String, String> labels, double value) {}

    private MetricsPage() {}

    /** Reads a page; lines that are no samples are passed over. */
    static MetricsPage parse(String text) {
        MetricsPage page = new MetricsPage();
        text.lines().map(SAMPLE::matcher).filter(Matcher::matches).forEach(page::add);
        return page;
    }

    private void add(Matcher sample) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        samples.add(new Sample(sample.group(1), labels, number(sample.group(3))));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The sum of a metric for each value of one of its labels; empty when it has none. */
    SortedMap<String, Double> sumBy(String name, String label) {
        SortedMap<String, Double> sums = new TreeMap<>();
        for (Sample each : samples) {
            String value = each.labels.get(label);
            if (each.name.equals(name) && value != null) {
                sums.merge(value, each.value, Double::sum);
            }
        }
        return sums;
    }

    /** The Java heap in use, in MB. */
    OptionalDouble heapMb() {
        Double bytes = sumBy("jvm_memory_used_bytes", "area").get("heap");
        return bytes == null ? OptionalDouble.empty() : OptionalDouble.of(bytes / (1 << 20));
    }
}
