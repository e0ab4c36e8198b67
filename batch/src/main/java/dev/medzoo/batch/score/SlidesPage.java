package dev.medzoo.batch.score;

import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.page.HtmlPage;
import java.util.ArrayList;
import java.util.List;

/** {@code report.html} of a run over slides. */
final class SlidesPage {
    private SlidesPage() {}

    static String of(SlidesSummary summary) {
        ScoreSummary.Model model = summary.fields().model();
        List<List<String>> rows = new ArrayList<>();
        for (SlidesSummary.Line line : summary.slides()) {
            rows.add(
                    List.of(
                            line.file(),
                            String.valueOf(line.fields()),
                            line.answered().toString(),
                            String.valueOf(line.abstained()),
                            String.valueOf(line.unlikeTraining()),
                            line.error() == null ? String.valueOf(line.folder()) : line.error()));
        }
        return new HtmlPage("Slides by %s %s".formatted(model.name(), model.version()))
                .notice(Finding.NOTICE)
                .paragraph(
                        "%d slides, %d of them mapped, by %s on %s."
                                .formatted(
                                        summary.slides().size(),
                                        summary.mapped(),
                                        model.digest(),
                                        model.runtime()))
                .heading("Slides")
                .table(
                        List.of(
                                "slide",
                                "fields",
                                "answered",
                                "abstained",
                                "unlike",
                                "map, or why there is none"),
                        rows)
                .heading("Fields of all slides")
                .table(List.of("finding", "fields", "share"), summary.fields().table())
                .end();
    }
}
