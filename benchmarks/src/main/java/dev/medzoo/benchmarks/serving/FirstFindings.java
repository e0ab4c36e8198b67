package dev.medzoo.benchmarks.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each model said first of each picture. It must say the same every time, in whatever batch,
 * form and version, for all versions of a soak have the same weights.
 */
final class FirstFindings {
    /** Pictures beside it in a batch may change the last bits of a float. */
    private static final double TOLERANCE = 1e-5;

    private final JsonMapper mapper = new JsonMapper();
    private final Map<String, Map<String, Double>> first = new TreeMap<>();
    private double mostApart;

    /** What is wrong with the body of an answer 200, or null. */
    @Nullable String fault(String model, SoakPicture picture, Answer answer) {
        Map<String, Double> now;
        try {
            now = probabilities(mapper.readTree(answer.body()));
        } catch (JsonProcessingException e) {
            return model + ": " + e.getOriginalMessage() + " in " + answer.body();
        }
        return compare(model + ", " + picture.name(), now);
    }

    private synchronized @Nullable String compare(String what, Map<String, Double> now) {
        Map<String, Double> before = first.computeIfAbsent(what, unused -> now);
        if (now.isEmpty() || !before.keySet().equals(now.keySet())) {
            return "%s: %s (expected: %s)".formatted(what, now, before);
        }
        double apart = 0;
        for (Map.Entry<String, Double> each : now.entrySet()) {
            double expected = before.getOrDefault(each.getKey(), Double.NaN);
            apart = Math.max(apart, Math.abs(each.getValue() - expected));
        }
        mostApart = Math.max(mostApart, apart);
        return apart <= TOLERANCE ? null : "%s: %s (expected: %s)".formatted(what, now, before);
    }

    /** DJL's list of classes, or the whole finding. */
    private static Map<String, Double> probabilities(JsonNode json) {
        Map<String, Double> all = new TreeMap<>();
        if (json.isArray()) {
            json.forEach(
                    each ->
                            all.put(
                                    each.path("className").asText(),
                                    each.path("probability").asDouble(Double.NaN)));
        } else {
            json.path("probabilities")
                    .properties()
                    .forEach(each -> all.put(each.getKey(), each.getValue().asDouble(Double.NaN)));
        }
        return all;
    }

    /** The most that a probability was away from the first one. */
    synchronized double mostApart() {
        return mostApart;
    }
}
