package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex.Deprecation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medzoo deprecate}: warn everyone who loads a version; it still loads. */
@Command(
        name = "deprecate",
        description = {"Warn everyone who loads a version; it goes on loading."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo deprecate pretrained-skin/1.0.0 --reason \"see 1.1.0\" --use 1.1.0")
final class DeprecateCommand extends ChangeCommand {
    @Parameters(paramLabel = "NAME/VERSION", description = "a published version")
    private String reference = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "the reason, in a sentence")
    private String reason = "";

    @Option(names = "--use", paramLabel = "VERSION", description = "the version to use instead")
    private @Nullable String replacement;

    @Override
    public Integer call() throws IOException, ModelException {
        Version other = replacement == null ? null : Version.parse(replacement);
        registry().deprecate(ModelReference.parse(reference), new Deprecation(reason, other));
        out().printf("%s is deprecated%n", reference);
        return 0;
    }
}
