package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.registry.Collector;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code medzoo gc}: show what no index names, such as what a crash left behind; with --delete,
 * remove it.
 */
@Command(
        name = "gc",
        description = {
            "Show what no index names, such as what a crash left behind; with --delete, remove it."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo gc --delete")
final class GcCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreChoice choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Option(names = "--delete", description = "remove it")
    private boolean delete;

    @Option(names = "--revoked", description = "the files of revoked versions too")
    private boolean revoked;

    @Override
    public Integer call() throws IOException, ModelException {
        Collector collector = new Collector(Objects.requireNonNull(choice).place(), revoked);
        SortedSet<String> paths = delete ? collector.remove() : collector.find();
        paths.forEach(path -> out().println((delete ? "removed " : "would remove ") + path));
        if (paths.isEmpty()) {
            out().println("nothing to remove");
        }
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
