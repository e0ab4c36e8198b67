package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.registry.Registry;
import dev.medzoo.zoo.ModelReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code medzoo sign}: sign a published version anew, in the place of the signature it may have.
 */
@Command(
        name = "sign",
        description = {"Sign a published version anew, in the place of the signature it may have."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo sign pretrained-skin/1.0.0 --key maintainer.pem")
final class SignCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreChoice choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final MaintainerOptions options = new MaintainerOptions();

    @Parameters(paramLabel = "NAME/VERSION", description = "a published version")
    private String reference = "";

    @Override
    public Integer call() throws IOException, ModelException {
        Registry registry =
                new Registry(Objects.requireNonNull(choice).place(), options.maintainer());
        registry.sign(ModelReference.parse(reference));
        out().printf("%s is signed%n", reference);
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
