package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.FetchBar;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.index.StoreIndex.Published;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code medzoo list}: what the store holds. */
@Command(
        name = "list",
        aliases = "models",
        description = "List the models of the store, their versions and what they are for.",
        footerHeading = "%nExample:%n",
        footer = "  medzoo list --store https://example.org/models")
final class ListCommand extends StoreCommand {
    @Override
    public Integer call() throws IOException, ModelException {
        MedZoo zoo = choice().zoo();
        StoreIndex index = zoo.index();
        FetchBar bar = new FetchBar(err());
        bar.reset("Reading", index.artifacts().values().stream().mapToInt(List::size).sum());
        List<List<String>> rows;
        try {
            rows = rows(zoo, index, bar);
        } finally {
            bar.end();
        }
        PrintWriter out = out();
        if (rows.size() == 1) {
            out.println("no models in " + zoo.store());
            return 0;
        }
        TextTable.print(rows, out);
        out.println();
        out.println(Finding.NOTICE);
        return 0;
    }

    private static List<List<String>> rows(MedZoo zoo, StoreIndex index, FetchBar bar)
            throws IOException, ModelException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("model", "version", "alias", "digest", "summary"));
        for (Map.Entry<String, List<Published>> artifact : index.artifacts().entrySet()) {
            for (Published published : artifact.getValue()) {
                rows.add(row(zoo, index, artifact.getKey(), published));
                bar.increment(1);
            }
        }
        return rows;
    }

    private static List<String> row(MedZoo zoo, StoreIndex index, String name, Published published)
            throws IOException, ModelException {
        List<String> aliases = new ArrayList<>();
        index.aliasesOf(name)
                .forEach(
                        (alias, version) -> {
                            if (version.equals(published.version())) {
                                aliases.add(alias);
                            }
                        });
        return List.of(
                name,
                published.version().toString(),
                String.join(", ", aliases),
                published.digest().substring(0, 19),
                summary(zoo, name, published));
    }

    private static String summary(MedZoo zoo, String name, Published published)
            throws IOException, ModelException {
        if (published.revoked() != null) {
            return "revoked: " + published.revoked();
        }
        ModelReference reference = new ModelReference(name, published.version(), null);
        String summary = ModelCard.parse(zoo.card(reference), reference.toString()).summary();
        StoreIndex.Deprecation deprecated = published.deprecated();
        return deprecated == null
                ? summary
                : "deprecated: %s (use: %s)"
                        .formatted(deprecated.reason(), deprecated.replacement());
    }
}
