package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.ModelReference;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medzoo promote}: moves an alias to a version. */
@Command(
        name = "promote",
        description = {
            "Point an alias to a version. The default alias is 'stable', the version that everyone"
                    + " loads.",
            "A version that is significantly worse on its test pictures than the one it replaces"
                    + " is refused, unless --because gives a reason."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo promote pretrained-skin/1.1.0 stable")
final class PromoteCommand extends ChangeCommand {
    @Parameters(index = "0", paramLabel = "NAME/VERSION", description = "a published version")
    private String reference = "";

    @Parameters(
            arity = "0..1",
            index = "1",
            paramLabel = "ALIAS",
            defaultValue = ModelReference.STABLE,
            description = "default: ${DEFAULT-VALUE}")
    private String alias = "";

    @Option(
            names = "--because",
            paramLabel = "TEXT",
            description = "reason to promote it although it is worse, or may be worse")
    private @Nullable String because;

    @Override
    public Integer call() throws IOException, ModelException {
        ModelReference version = ModelReference.parse(reference);
        registry().promote(version, alias, because);
        out().printf("%s@%s is %s%n", version.name(), alias, version.version());
        return 0;
    }
}
