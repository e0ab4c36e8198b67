package dev.medzoo.cli;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.ConformalSet;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.OutOfDistribution;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints findings as a table for people or as JSON for programs. */
final class FindingPrinter {
    private final PrintWriter out;

    FindingPrinter(PrintWriter out) {
        this.out = out;
    }

    /** At least one, all of one model. */
    void table(List<PictureFinding> all) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("file", "finding", "probability", "others"));
        ConformalSet set = all.get(0).finding().set();
        if (set != null) {
            head.add(String.format(Locale.ROOT, "set of %.0f %%", 100 * set.coverage()));
        }
        if (all.get(0).report() != null) {
            head.add("report");
        }
        rows.add(head);
        all.forEach(found -> rows.add(row(found)));
        TextTable.print(rows, out);
        Finding first = all.get(0).finding();
        out.println();
        out.printf(
                "%s %s, %s%n",
                first.model().name(), first.model().version(), first.model().digest());
        out.println(Finding.NOTICE);
    }

    private static List<String> row(PictureFinding found) {
        Finding finding = found.finding();
        List<String> others = new ArrayList<>();
        List<ClassProbability> classes = finding.probabilities();
        for (ClassProbability other : classes.subList(1, classes.size())) {
            others.add(other.label() + " " + percent(other.probability()));
        }
        List<String> row = new ArrayList<>();
        row.add(found.file().toString());
        row.add(finding.label() + remarks(finding));
        row.add(percent(finding.probability()));
        row.add(String.join(", ", others));
        ConformalSet set = finding.set();
        if (set != null) {
            row.add(String.join(", ", set.labels()));
        }
        if (found.report() != null) {
            row.add(found.report().toString());
        }
        return row;
    }

    /** Reasons not to use the label, in brackets; empty if it may be used. */
    static String remarks(Finding finding) {
        List<String> remarks = new ArrayList<>();
        if (finding.abstained()) {
            remarks.add("abstains");
        }
        OutOfDistribution judged = finding.outOfDistribution();
        if (judged != null && judged.beyond()) {
            remarks.add("unlike its training pictures");
        }
        return remarks.isEmpty() ? "" : " (" + String.join(", ", remarks) + ")";
    }

    void json(List<PictureFinding> all) throws IOException {
        List<Map<String, @Nullable Object>> findings = new ArrayList<>();
        for (PictureFinding found : all) {
            Finding finding = found.finding();
            Map<String, Double> probabilities = new LinkedHashMap<>();
            finding.probabilities()
                    .forEach(each -> probabilities.put(each.label(), each.probability()));
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("file", found.file().toString());
            entry.put("model", finding.model().name());
            entry.put("version", finding.model().version());
            entry.put("digest", finding.model().digest());
            entry.put("label", finding.label());
            entry.put("probability", finding.probability());
            entry.put("probabilities", probabilities);
            entry.put("abstained", finding.abstained());
            entry.put("set", finding.set());
            entry.put("outOfDistribution", finding.outOfDistribution());
            entry.put("notice", Finding.NOTICE);
            if (found.report() != null) {
                entry.put("report", found.report().toString());
            }
            findings.add(entry);
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        out.println(new ObjectMapper().writer(printer).writeValueAsString(findings));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
