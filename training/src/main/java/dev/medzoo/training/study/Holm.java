package dev.medzoo.training.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Corrects the p of several tests, so that one false alarm among them all is rare (Holm 1979). */
final class Holm {
    private Holm() {}

    /** Adjusted p of each test, in the order of the tests. */
    static List<Double> adjusted(List<Double> p) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, p.size()).boxed().toList());
        order.sort(Comparator.comparing(p::get));
        List<Double> adjusted = new ArrayList<>(p);
        double largest = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            int test = order.get(rank);
            largest = Math.max(largest, Math.min(1, p.get(test) * (p.size() - rank)));
            adjusted.set(test, largest);
        }
        return adjusted;
    }
}
