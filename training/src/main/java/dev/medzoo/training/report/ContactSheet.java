package dev.medzoo.training.report;

import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.page.HtmlPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page with some pictures of a data set, to check labels, crops and colours at a glance. It shows
 * patients' pictures, so it must not be published.
 *
 * @param name of the data set
 * @param table classes by splits, the head first
 * @param sizes of the pictures, in words
 * @param faults of the data set, a sentence each
 * @param pictures by class and split, in display order
 */
public record ContactSheet(
        String name,
        List<List<String>> table,
        List<String> sizes,
        List<String> faults,
        Map<String, List<Thumbnail>> pictures) {
    public ContactSheet {
        table = List.copyOf(table);
        sizes = List.copyOf(sizes);
        faults = List.copyOf(faults);
        pictures = Collections.unmodifiableMap(new LinkedHashMap<>(pictures));
    }

    /** Writes the page. */
    public void write(Path file) throws IOException {
        Files.writeString(file, html());
    }

    String html() {
        HtmlPage page =
                new HtmlPage("Pictures of " + name)
                        .notice(Finding.NOTICE)
                        .paragraph(
                                "This page holds small copies of the pictures. Keep it where the"
                                        + " pictures are.")
                        .table(table.get(0), table.subList(1, table.size()));
        sizes.forEach(page::paragraph);
        page.heading(faults.isEmpty() ? "No fault" : faults.size() + " faults");
        faults.forEach(page::paragraph);
        pictures.forEach((title, some) -> page.heading(title).pictures(Thumbnail.onPage(some)));
        return page.end();
    }
}
