package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medzoo rollback}: move an alias back to what it pointed to before. */
@Command(
        name = "rollback",
        aliases = "demote",
        description = {"Point an alias to its previous version again."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo rollback pretrained-skin --reason \"too many nevi called melanoma\"")
final class RollbackCommand extends ChangeCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "model name")
    private String name = "";

    @Parameters(
            arity = "0..1",
            index = "1",
            paramLabel = "ALIAS",
            defaultValue = ModelReference.STABLE,
            description = "default: ${DEFAULT-VALUE}")
    private String alias = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "reason, for the history")
    private @Nullable String reason;

    @Override
    public Integer call() throws IOException, ModelException {
        Version version = registry().rollback(name, alias, reason);
        out().printf("%s@%s is %s again%n", name, alias, version);
        return 0;
    }
}
