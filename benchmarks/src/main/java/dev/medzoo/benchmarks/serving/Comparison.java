package dev.medzoo.benchmarks.serving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What contenders showed, round by round. */
final class Comparison {
    private final Map<String, Map<Integer, List<Phase>>> phases = new LinkedHashMap<>();

    void add(String contender, int clients, Phase phase) {
        phases.computeIfAbsent(contender, absent -> new LinkedHashMap<>())
                .computeIfAbsent(clients, absent -> new ArrayList<>())
                .add(phase);
    }

    /** In the order in which they came. */
    List<String> contenders() {
        return List.copyOf(phases.keySet());
    }

    /** All figures, by contender and clients. */
    Map<String, Map<Integer, List<Phase>>> all() {
        return phases;
    }

    /** A figure of each round. */
    double[] rounds(String contender, int clients, ToDoubleFunction<Phase> figure) {
        return phases.getOrDefault(contender, Map.of()).getOrDefault(clients, List.of()).stream()
                .mapToDouble(figure)
                .toArray();
    }

    Spread of(String contender, int clients, ToDoubleFunction<Phase> figure) {
        return Spread.of(rounds(contender, clients, figure));
    }

    /** One contender's figure, divided by another's in the same round. */
    Spread ratio(String above, String below, int clients, ToDoubleFunction<Phase> figure) {
        return Spread.ofRatios(rounds(above, clients, figure), rounds(below, clients, figure));
    }
}
