package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.registry.History;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.index.HistoryEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code medzoo history}: show who did what when, from the first change to the last. */
@Command(
        name = "history",
        description = {"Show every change of the store: who did what and when, oldest first."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo history pretrained-skin")
final class HistoryCommand extends StoreCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "show only this model")
    private @Nullable String name;

    @Override
    public Integer call() throws IOException, ModelException {
        MedZoo zoo = choice().zoo();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("serial", "time", "who", "action", "version", "alias", "reason"));
        for (HistoryEntry entry : History.read(zoo.store(), zoo.index()).entries()) {
            if (name == null || name.equals(entry.name())) {
                rows.add(row(entry));
            }
        }
        TextTable.print(rows, out());
        return 0;
    }

    private static List<String> row(HistoryEntry entry) {
        return List.of(
                String.valueOf(entry.serial()),
                entry.time().toString(),
                entry.who(),
                entry.action().name().toLowerCase(Locale.ROOT),
                entry.name() == null ? "" : entry.name() + "/" + entry.version(),
                alias(entry),
                Objects.requireNonNullElse(entry.reason(), ""));
    }

    private static String alias(HistoryEntry entry) {
        String alias = Objects.requireNonNullElse(entry.alias(), "");
        return entry.from() == null ? alias : "%s, from %s".formatted(alias, entry.from());
    }
}
