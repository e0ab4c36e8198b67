package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.registry.Registry;
import dev.medzoo.zoo.ModelReference;
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

/** {@code medzoo rollback}: move an alias back to what it pointed to before. */
@Command(
        name = "rollback",
        aliases = "demote",
        description = {"Move an alias back to what it pointed to before."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo rollback pretrained-skin --reason \"too many nevi called melanoma\"")
final class RollbackCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreChoice choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final MaintainerOptions options = new MaintainerOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "of the model")
    private String name = "";

    @Parameters(
            arity = "0..1",
            index = "1",
            paramLabel = "ALIAS",
            defaultValue = ModelReference.STABLE,
            description = "default: ${DEFAULT-VALUE}")
    private String alias = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "for the history")
    private @Nullable String reason;

    @Override
    public Integer call() throws IOException, ModelException {
        Registry registry =
                new Registry(Objects.requireNonNull(choice).place(), options.maintainer());
        Version version = registry.rollback(name, alias, reason);
        out().printf("%s@%s is %s again%n", name, alias, version);
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
