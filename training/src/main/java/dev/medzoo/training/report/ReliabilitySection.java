package dev.medzoo.training.report;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.Reliability;
import dev.medzoo.zoo.artifact.Reliability.Calibration;
import dev.medzoo.zoo.artifact.Reliability.Foreign;
import dev.medzoo.zoo.artifact.Reliability.Sets;
import dev.medzoo.zoo.page.HtmlPage;
import java.util.ArrayList;
import java.util.List;

/** The section of a report on calibration, sets, abstention and foreign pictures. */
final class ReliabilitySection {
    private ReliabilitySection() {}

    static void add(HtmlPage page, Reliability of) {
        Calibration before = of.beforeTemperature();
        Calibration after = of.afterTemperature();
        page.table(
                List.of("calibration", "before temperature", "after"),
                List.of(
                        row("error", before.error(), after.error()),
                        row("adaptive error", before.adaptiveError(), after.adaptiveError()),
                        row("Brier score", before.brier(), after.brier()),
                        row("log loss", before.logLoss(), after.logLoss())));
        page.table(List.of("sets and abstention", "value [95 % interval]"), decisions(of));
        Reliability.Domain domain = of.domain();
        if (domain != null && !domain.foreign().isEmpty()) {
            page.table(
                    List.of("another kind", "pictures", "AUROC", "AUROC of energy", "flagged"),
                    domain.foreign().stream().map(ReliabilitySection::row).toList());
        }
    }

    private static List<List<String>> decisions(Reliability of) {
        List<List<String>> rows = new ArrayList<>();
        Sets sets = of.sets();
        if (sets != null) {
            String stated = "sets of " + Digits.share(sets.stated());
            rows.add(row(stated + " hold the true label", sets.coverage()));
            rows.add(row("labels in a set", sets.size()));
        }
        rows.add(row("answered", of.abstention().answered()));
        Estimate accuracy = of.abstention().accuracy();
        if (accuracy != null) {
            rows.add(row("accuracy of the answered", accuracy));
        }
        Reliability.Domain domain = of.domain();
        if (domain != null) {
            rows.add(row("own pictures flagged as another kind", domain.flagged()));
        }
        return rows;
    }

    private static List<String> row(Foreign of) {
        return List.of(
                of.dataSet() + " " + of.split(),
                String.valueOf(of.pictures()),
                Report.figure(of.auroc()),
                Report.figure(of.energyAuroc()),
                Report.figure(of.flagged()));
    }

    private static List<String> row(String name, Estimate... figures) {
        List<String> row = new ArrayList<>(List.of(name));
        for (Estimate figure : figures) {
            row.add(Report.figure(figure));
        }
        return row;
    }
}
