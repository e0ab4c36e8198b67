package dev.medzoo.zoo.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Formats line numbers for people. */
final class LineNumbers {
    private static final int MOST_SHOWN = 60;

    private LineNumbers() {}

    /** Such as {@code line 8} or {@code lines 3, 7..9}. */
    static String text(Collection<Integer> lines) {
        List<String> runs = new ArrayList<>();
        int first = -1;
        int last = -1;
        for (int line : new TreeSet<>(lines)) {
            if (line != last + 1) {
                addRun(runs, first, last);
                first = line;
            }
            last = line;
        }
        addRun(runs, first, last);
        String shown = String.join(", ", runs.subList(0, Math.min(MOST_SHOWN, runs.size())));
        String more = runs.size() > MOST_SHOWN ? " and more" : "";
        return (first == last && runs.size() == 1 ? "line " : "lines ") + shown + more;
    }

    private static void addRun(List<String> runs, int first, int last) {
        if (first >= 0) {
            String text = first == last ? "%d" : first + 1 == last ? "%d, %d" : "%d..%d";
            runs.add(text.formatted(first, last));
        }
    }
}
