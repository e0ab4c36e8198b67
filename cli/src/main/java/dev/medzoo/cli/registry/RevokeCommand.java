package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.StoreIndex;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medzoo revoke}: forbid a version for good. */
@Command(
        name = "revoke",
        description = {
            "Revoke a version for ever.",
            "Nobody can load it any more. Running servers stop using it when they next read the"
                    + " index."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo revoke pretrained-skin/1.0.0 --reason \"labels were swapped\"")
final class RevokeCommand extends ChangeCommand {
    @Parameters(paramLabel = "NAME/VERSION", description = "a published version")
    private String reference = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "the reason, in a sentence")
    private String reason = "";

    @Override
    public Integer call() throws IOException, ModelException {
        StoreIndex index = registry().revoke(ModelReference.parse(reference), reason);
        out().printf("%s is revoked%n", reference);
        hint(index);
        return 0;
    }

    /** Warns about aliases that point to it: they do not load until they are moved. */
    private void hint(StoreIndex index) {
        ModelReference revoked = ModelReference.parse(reference);
        index.aliasesOf(revoked.name())
                .forEach(
                        (alias, version) -> {
                            if (version.equals(revoked.version())) {
                                out().printf(
                                                "%s@%s still points to it; medzoo rollback %s %s%n",
                                                revoked.name(), alias, revoked.name(), alias);
                            }
                        });
    }
}
