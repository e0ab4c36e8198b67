package dev.medzoo.training.report;

import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.page.HtmlPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page that compares several runs.
 *
 * @param remarks about figures that are not comparable, a sentence each
 * @param figures one row per run and split, header first
 * @param paired one row per run that is compared with the first one on the same pictures, header
 *     first
 * @param differences one row per recipe entry that differs, header first
 * @param curves with one line per run
 */
public record RunsPage(
        List<String> remarks,
        List<List<String>> figures,
        List<List<String>> paired,
        List<List<String>> differences,
        List<LineChart> curves) {
    public RunsPage {
        remarks = List.copyOf(remarks);
        figures = List.copyOf(figures);
        paired = List.copyOf(paired);
        differences = List.copyOf(differences);
        curves = List.copyOf(curves);
    }

    /** Writes the page. */
    public void write(Path file) throws IOException {
        Files.writeString(file, html());
    }

    String html() {
        HtmlPage page = new HtmlPage("Runs compared").notice(Finding.NOTICE);
        remarks.forEach(page::paragraph);
        page.heading("Figures, with 95 % intervals");
        table(page, figures);
        if (paired.size() > 1) {
            page.heading("Against the first run, on the same test pictures")
                    .paragraph(
                            "Differences from the first run, with paired 95 % intervals over groups."
                                    + " A whole interval above 0 is better, below 0 worse.");
            table(page, paired);
        }
        if (!curves.isEmpty()) {
            page.heading("Curves of the trainings");
            curves.forEach(chart -> page.figure(chart.svg()));
        }
        page.heading("What their recipes say otherwise");
        if (differences.size() > 1) {
            table(page, differences);
        } else {
            page.paragraph("Nothing.");
        }
        return page.end();
    }

    private static void table(HtmlPage page, List<List<String>> rows) {
        page.table(rows.get(0), rows.subList(1, rows.size()));
    }
}
