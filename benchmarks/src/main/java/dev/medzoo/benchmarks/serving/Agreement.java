package dev.medzoo.benchmarks.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether servers say the same of the same pictures, as one of them does. */
final class Agreement {
    private final List<byte[]> pictures;
    private final List<Map<String, Double>> expected;

    /**
     * How far the answers of one are from the expected ones.
     *
     * @param largest difference of a probability
     * @param others pictures of which it says another class
     */
    record Distance(double largest, int others) {}

    /** Asks the one whose answers count as right. */
    Agreement(Contender right, int clients, List<byte[]> pictures) throws IOException {
        this.pictures = List.copyOf(pictures);
        expected = answers(right, clients);
    }

    Distance of(Contender other, int clients) throws IOException {
        List<Map<String, Double>> seen = answers(other, clients);
        double largest = 0;
        int others = 0;
        for (int i = 0; i < seen.size(); i++) {
            for (Map.Entry<String, Double> each : expected.get(i).entrySet()) {
                double probability = seen.get(i).getOrDefault(each.getKey(), Double.NaN);
                largest = Math.max(largest, Math.abs(probability - each.getValue()));
            }
            others += first(seen.get(i)).equals(first(expected.get(i))) ? 0 : 1;
        }
        return new Distance(largest, others);
    }

    private static String first(Map<String, Double> probabilities) {
        return probabilities.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private List<Map<String, Double>> answers(Contender contender, int clients) throws IOException {
        List<Map<String, Double>> answers = new ArrayList<>();
        try (KeptConnection client = new KeptConnection(contender.server(clients).port())) {
            for (byte[] picture : pictures) {
                Answer answer = client.exchange(EncodedRequest.post(contender.path(), picture));
                if (answer.status() != 200) {
                    throw new IOException(
                            "%s: %d %s (expected: 200)"
                                    .formatted(contender.name(), answer.status(), answer.body()));
                }
                answers.add(probabilities(answer.body()));
            }
        }
        return answers;
    }

    private static Map<String, Double> probabilities(String body) throws IOException {
        Map<String, Double> probabilities = new TreeMap<>();
        for (JsonNode each : new JsonMapper().readTree(body)) {
            probabilities.put(each.path("className").asText(), each.path("probability").asDouble());
        }
        return probabilities;
    }
}
