package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.registry.StoreArchive;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code medzoo export}: write a whole store into one OCI-layout tar, for machines without a
 * network.
 */
@Command(
        name = "export",
        description = {
            "Export a store as one OCI-layout tar, to carry it to machines without a network.",
            "The same store always gives the same bytes."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo export models.tar --store model-store")
final class ExportCommand extends StoreCommand {
    @Parameters(paramLabel = "TAR", description = "file to write")
    private Path tar = Path.of("");

    @Override
    public Integer call() throws IOException, ModelException {
        Store store = choice().zoo().store();
        List<IndexEntry> written = new StoreArchive(tar).write(store);
        written.forEach(entry -> out().printf("wrote %s %s%n", entry.folder(), entry.digest()));
        return 0;
    }
}
