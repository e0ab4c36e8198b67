package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.registry.Registry;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.StoreIndex.Deprecation;
import dev.medzoo.zoo.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo deprecate}: warn everyone who loads a version; it goes on loading. */
@Command(
        name = "deprecate",
        description = {"Warn everyone who loads a version; it goes on loading."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo deprecate pretrained-skin/1.0.0 --reason \"see 1.1.0\" --use 1.1.0")
final class DeprecateCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreChoice choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final MaintainerOptions options = new MaintainerOptions();

    @Parameters(paramLabel = "NAME/VERSION", description = "a published version")
    private String reference = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "in a sentence")
    private String reason = "";

    @Option(names = "--use", paramLabel = "VERSION", description = "the version to use instead")
    private @Nullable String replacement;

    @Override
    public Integer call() throws IOException, ModelException {
        Registry registry =
                new Registry(Objects.requireNonNull(choice).place(), options.maintainer());
        Version other = replacement == null ? null : Version.parse(replacement);
        registry.deprecate(ModelReference.parse(reference), new Deprecation(reason, other));
        out().printf("%s is deprecated%n", reference);
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
