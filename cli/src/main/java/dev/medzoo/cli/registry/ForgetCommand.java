package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.zoo.VerifiedStore;
import dev.medzoo.zoo.store.Store;
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

/**
 * {@code medzoo forget}: forget the highest serial that was seen of a store which was set back on
 * purpose.
 */
@Command(
        name = "forget",
        description = {
            "Forget the highest serial that was seen of a store which was set back on purpose."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo forget --store model-store")
final class ForgetCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreChoice choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Override
    public Integer call() throws IOException, ModelException {
        Store store = Objects.requireNonNull(choice).zoo().store();
        boolean known = VerifiedStore.of(store).forget();
        out().println((known ? "forgotten: " : "nothing was known of ") + store);
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
