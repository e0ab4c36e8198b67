package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.registry.Verification;
import dev.medzoo.registry.Verification.Line;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code medzoo verify}: verify the content of a store as a loader would, and report on each part.
 */
@Command(
        name = "verify",
        description = {
            "Verify a store as a loader does, and print for each part whether it is valid."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo verify --store https://example.org/models --trust trust.json")
final class VerifyCommand extends StoreCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "one version: NAME, NAME/VERSION or NAME@ALIAS; default: all of them")
    private @Nullable String reference;

    @Option(names = "--all", description = "every version that is not revoked, the default")
    private boolean all;

    @Override
    public Integer call() throws IOException, ModelException {
        Store store = choice().zoo().store();
        List<Line> lines =
                all || reference == null
                        ? Verification.all(store)
                        : Verification.one(store, ModelReference.parse(reference));
        TextTable.print(lines.stream().map(VerifyCommand::row).toList(), out());
        out().println();
        out().println(
                        TrustPolicy.fromSettings(store).demanded()
                                ? "Signatures were checked against the trust file."
                                : "No trust file: no signature was required.");
        return lines.stream().allMatch(Line::good) ? 0 : 1;
    }

    private static List<String> row(Line line) {
        return List.of(line.part(), line.good() ? "right" : "WRONG", line.detail());
    }
}
