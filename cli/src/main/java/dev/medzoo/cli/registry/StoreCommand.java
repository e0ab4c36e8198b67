package dev.medzoo.cli.registry;

import dev.medzoo.cli.console.HelpOption;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command about a store. */
abstract class StoreCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreOption choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    /** The store that the command line and the settings name. */
    final StoreOption choice() {
        return Objects.requireNonNull(choice);
    }

    /** The stream for results. */
    final PrintWriter out() {
        return commandLine().getOut();
    }

    /** The stream for everything but results. */
    final PrintWriter err() {
        return commandLine().getErr();
    }

    /** The command line that it was given on. */
    final CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
