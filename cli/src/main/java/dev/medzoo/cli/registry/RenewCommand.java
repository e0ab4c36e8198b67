package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.registry.Registry;
import dev.medzoo.zoo.StoreIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo renew}: issue the index again, valid from now. */
@Command(
        name = "renew",
        description = {"Issue the index again, valid from now."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo renew --valid-for P90D")
final class RenewCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreChoice choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final MaintainerOptions options = new MaintainerOptions();

    @Override
    public Integer call() throws IOException, ModelException {
        Registry registry =
                new Registry(Objects.requireNonNull(choice).place(), options.maintainer());
        StoreIndex index = registry.renew();
        out().printf("serial %d, expires: %s%n", index.serial(), index.expires());
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
