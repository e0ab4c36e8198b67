package dev.medzoo.batch.score;

import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.page.HtmlPage;
import java.util.List;

/** {@code report.html}: a run's counts, for people. */
final class ScorePage {
    private ScorePage() {}

    static String of(ScoreSummary summary) {
        ScoreSummary.Model model = summary.model();
        HtmlPage page =
                new HtmlPage("Findings of %s %s".formatted(model.name(), model.version()))
                        .notice(Finding.NOTICE)
                        .paragraph(
                                "%d pictures of %s, scored by %s on %s."
                                        .formatted(
                                                summary.pictures(),
                                                String.join(", ", summary.in()),
                                                model.digest(),
                                                model.runtime()))
                        .paragraph(
                                "A count says how often the model answers so, not how often it is"
                                        + " right. Many pictures unlike the training pictures mean"
                                        + " that the others deserve no trust either.")
                        .heading("Findings")
                        .table(List.of("finding", "pictures", "share"), summary.table());
        if (!summary.reasons().isEmpty()) {
            page.heading("Why pictures have no finding")
                    .table(
                            List.of("reason", "pictures"),
                            summary.reasons().stream()
                                    .map(
                                            each ->
                                                    List.of(
                                                            each.error(),
                                                            String.valueOf(each.pictures())))
                                    .toList());
        }
        if (summary.passedOver() > 0) {
            page.paragraph(
                    "%d entries of archives are no pictures by their names, and were passed over."
                            .formatted(summary.passedOver()));
        }
        return page.end();
    }
}
