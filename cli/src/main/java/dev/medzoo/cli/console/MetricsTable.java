package dev.medzoo.cli.console;

import dev.medzoo.zoo.artifact.ModelCard.ClassMetrics;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.artifact.Reliability;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats the figures of a split as a table. */
public final class MetricsTable {
    private MetricsTable() {}

    public static void print(SplitMetrics metrics, PrintWriter out) {
        out.printf(
                "%s: %d pictures in %d groups, 95 %% intervals over groups%n%n",
                metrics.title(), metrics.pictures(), metrics.groups());
        TextTable.print(
                List.of(
                        List.of("accuracy", figure(metrics.accuracy())),
                        List.of("balanced accuracy", figure(metrics.balancedAccuracy())),
                        List.of("macro-F1", figure(metrics.macroF1())),
                        List.of("AUROC", figure(metrics.auroc())),
                        List.of("calibration error", figure(metrics.calibrationError()))),
                out);
        out.println();
        printClasses(metrics, out);
        out.println();
        out.println("confusion matrix (row: true label, column: predicted label)");
        printConfusion(metrics, out);
        out.println();
        Reliability reliability = metrics.reliability();
        if (reliability != null) {
            ReliabilityTable.print(reliability, out);
        }
    }

    private static void printClasses(SplitMetrics metrics, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("class", "pictures", "precision", "recall", "F1", "AUROC"));
        for (ClassMetrics each : metrics.classes()) {
            rows.add(
                    List.of(
                            each.label(),
                            String.valueOf(each.pictures()),
                            figure(each.precision()),
                            figure(each.recall()),
                            figure(each.f1()),
                            each.auroc() == null ? "" : figure(each.auroc())));
        }
        TextTable.print(rows, out);
    }

    private static void printConfusion(SplitMetrics metrics, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        metrics.classes().forEach(each -> head.add(each.label()));
        rows.add(head);
        for (int truth = 0; truth < metrics.confusion().size(); truth++) {
            List<String> row = new ArrayList<>(List.of(head.get(truth + 1)));
            metrics.confusion().get(truth).forEach(count -> row.add(String.valueOf(count)));
            rows.add(row);
        }
        TextTable.print(rows, out);
    }

    /** Value and 95 % interval. */
    public static String figure(Estimate of) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", of.value(), of.low(), of.high());
    }
}
