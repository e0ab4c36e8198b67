package dev.medzoo.cli.console;

import dev.medzoo.training.pretrain.Probe;
import java.io.PrintWriter;
import java.util.Locale;

/** Formats a probe's figures on one line. */
public final class ProbeLine {
    private ProbeLine() {}

    public static void print(Probe.Result probe, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-24s %-22s val: neighbours %.3f  linear %.3f   across groups: %.3f  %.3f%s%n",
                probe.dataSet(),
                probe.of(),
                probe.knn(),
                probe.linear(),
                probe.knnAcrossGroups(),
                probe.linearAcrossGroups(),
                probe.nearestInGroup() == null
                        ? ""
                        : String.format(
                                Locale.ROOT, "   nearest in group %.3f", probe.nearestInGroup()));
        out.flush();
    }
}
