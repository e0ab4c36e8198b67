package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.registry.StoreArchive;
import dev.medzoo.zoo.index.IndexEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code medzoo import}: update a store to the state of an exported one. */
@Command(
        name = "import",
        description = {"Update a store from an exported tar."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo import models.tar --store /srv/models")
final class ImportCommand extends StoreCommand {
    @Parameters(paramLabel = "TAR", description = "file that export wrote")
    private Path tar = Path.of("");

    @Override
    public Integer call() throws IOException, ModelException {
        List<IndexEntry> copied = new StoreArchive(tar).readInto(choice().place());
        copied.forEach(entry -> out().printf("copied %s %s%n", entry.folder(), entry.digest()));
        out().printf("%d versions copied%n", copied.size());
        return 0;
    }
}
