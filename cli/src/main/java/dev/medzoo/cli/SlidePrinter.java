package dev.medzoo.cli;

import dev.medzoo.batch.slide.SlideResult;
import dev.medzoo.batch.slide.SlideShares;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.translate.finding.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints how much of a slide's tissue is of which class. */
final class SlidePrinter {
    private SlidePrinter() {}

    /**
     * Prints a table, and where the rest is.
     *
     * @param files that were written
     */
    static void print(SlideResult result, List<Path> files, PrintWriter out) {
        SlideShares shares = result.shares();
        double area = result.grid().squareMillimetres();
        out.printf(
                Locale.ROOT,
                "%s: %s, level %d of %s at %.4g micrometres a pixel%n",
                result.slide().path().getFileName(),
                result.slide().format(),
                result.grid().number(),
                result.grid().level(),
                result.grid().micrometresPerPixel());
        out.printf(
                Locale.ROOT,
                "tissue: %d of %d fields, %.2f mm²%n%n",
                shares.fields(),
                result.grid().columns() * result.grid().rows(),
                shares.fields() * area);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("finding", "fields", "share of tissue", "mm²"));
        for (int i = 0; i < shares.labels().size(); i++) {
            rows.add(row(shares.labels().get(i), shares.answered().get(i), shares, area));
        }
        rows.add(row("(abstains)", shares.abstained(), shares, area));
        rows.add(row("(unlike its training pictures)", shares.unlike(), shares, area));
        TextTable.print(rows, out);
        out.println();
        files.forEach(out::println);
        out.println();
        out.printf(
                "%s %s, %s%n",
                result.model().name(), result.model().version(), result.model().digest());
        out.println(Finding.NOTICE);
    }

    private static List<String> row(String name, int count, SlideShares shares, double area) {
        return List.of(
                name,
                String.valueOf(count),
                String.format(Locale.ROOT, "%.1f %%", 100 * shares.share(count)),
                String.format(Locale.ROOT, "%.2f", count * area));
    }
}
