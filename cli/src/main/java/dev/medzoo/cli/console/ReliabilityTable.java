package dev.medzoo.cli.console;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.Reliability;
import dev.medzoo.zoo.artifact.Reliability.Abstention;
import dev.medzoo.zoo.artifact.Reliability.Calibration;
import dev.medzoo.zoo.artifact.Reliability.Foreign;
import dev.medzoo.zoo.artifact.Reliability.Sets;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats a model's reliability figures: calibration, sets, abstention, foreign pictures. */
public final class ReliabilityTable {
    private ReliabilityTable() {}

    public static void print(Reliability of, PrintWriter out) {
        Calibration before = of.beforeTemperature();
        Calibration after = of.afterTemperature();
        TextTable.print(
                List.of(
                        List.of("calibration", "before temperature", "after"),
                        row("error", before.error(), after.error()),
                        row("adaptive error", before.adaptiveError(), after.adaptiveError()),
                        row("Brier score", before.brier(), after.brier()),
                        row("log loss", before.logLoss(), after.logLoss())),
                out);
        out.println();
        List<List<String>> rows = new ArrayList<>();
        Sets sets = of.sets();
        if (sets != null) {
            String stated = String.format(Locale.ROOT, "sets of %.0f %%", 100 * sets.stated());
            rows.add(row(stated + ": hold the true label", sets.coverage()));
            rows.add(row(stated + ": labels in one", sets.size()));
        }
        Abstention abstention = of.abstention();
        rows.add(row("answered", abstention.answered()));
        Estimate accuracy = abstention.accuracy();
        if (accuracy != null) {
            rows.add(row("accuracy of the answered", accuracy));
        }
        Reliability.Domain domain = of.domain();
        if (domain != null) {
            rows.add(row("flagged as another kind", domain.flagged()));
        }
        TextTable.print(rows, out);
        out.println();
        if (domain != null && !domain.foreign().isEmpty()) {
            printForeign(domain.foreign(), out);
            out.println();
        }
    }

    private static void printForeign(List<Foreign> all, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("another kind", "pictures", "AUROC", "AUROC of energy", "flagged"));
        for (Foreign each : all) {
            rows.add(
                    List.of(
                            each.dataSet() + " " + each.split(),
                            String.valueOf(each.pictures()),
                            MetricsTable.figure(each.auroc()),
                            MetricsTable.figure(each.energyAuroc()),
                            MetricsTable.figure(each.flagged())));
        }
        TextTable.print(rows, out);
    }

    private static List<String> row(String name, Estimate... figures) {
        List<String> row = new ArrayList<>(List.of(name));
        for (Estimate figure : figures) {
            row.add(MetricsTable.figure(figure));
        }
        return row;
    }
}
