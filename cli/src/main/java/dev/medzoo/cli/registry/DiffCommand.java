package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.registry.VersionDiff;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.load.VerifiedStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code medzoo diff}: show how two versions of a model differ: card, transform, figures, weights.
 */
@Command(
        name = "diff",
        description = {
            "Show how two versions of a model differ: card, transform, figures, weights."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo diff pretrained-skin/1.0.0 pretrained-skin/1.1.0")
final class DiffCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "NAME/VERSION")
    private String before = "";

    @Parameters(index = "1", paramLabel = "AFTER", description = "NAME/VERSION")
    private String after = "";

    @Override
    public Integer call() throws IOException, ModelException {
        VerifiedStore store = VerifiedStore.of(choice().zoo().store());
        VersionDiff difference =
                VersionDiff.of(
                        store.artifact(ModelReference.parse(before)).content(),
                        store.artifact(ModelReference.parse(after)).content());
        for (VersionDiff.Field field : difference.fields()) {
            out().println(field.name());
            printLines("  - ", field.before(), field.after());
            printLines("  + ", field.after(), field.before());
            out().println();
        }
        printMetrics(difference);
        out().println();
        out().println(
                        difference.weights().isPresent()
                                ? number(
                                        "weights: relative distance %.4f",
                                        difference.weights().getAsDouble())
                                : "weights: not comparable, as the networks differ");
        return 0;
    }

    /** Prints the lines of one text that the other lacks. */
    private void printLines(String sign, String text, String other) {
        Set<String> known = other.lines().collect(Collectors.toSet());
        text.lines()
                .filter(line -> !known.contains(line))
                .forEach(line -> out().println(sign + line));
    }

    private void printMetrics(VersionDiff difference) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("figure", "before", "after", "change"));
        for (VersionDiff.Metric metric : difference.metrics()) {
            rows.add(
                    List.of(
                            metric.name(),
                            number("%.3f", metric.before()),
                            number("%.3f", metric.after()),
                            number("%+.3f", metric.after() - metric.before())));
        }
        TextTable.print(rows, out());
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
