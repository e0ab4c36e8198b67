package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.registry.Archive;
import dev.medzoo.zoo.IndexEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo import}: bring a store to where an exported one is. */
@Command(
        name = "import",
        description = {"Bring a store to where an exported one is."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo import models.tar --store /srv/models")
final class ImportCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreChoice choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "TAR", description = "file that export wrote")
    private Path tar = Path.of("");

    @Override
    public Integer call() throws IOException, ModelException {
        List<IndexEntry> copied = new Archive(tar).readInto(Objects.requireNonNull(choice).place());
        copied.forEach(entry -> out().printf("copied %s %s%n", entry.folder(), entry.digest()));
        out().printf("%d versions copied%n", copied.size());
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
