package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.registry.Mirror;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code medzoo mirror}: copy another store: its index byte for byte, and every version that is not
 * revoked.
 */
@Command(
        name = "mirror",
        description = {
            "Copy a store to another: its index byte for byte, and every version that is not"
                    + " revoked."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo mirror https://example.org/models /srv/models")
final class MirrorCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "store to read")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "store to write")
    private String target = "";

    @Override
    public Integer call() throws IOException, ModelException {
        List<IndexEntry> copied = new Mirror(Store.open(source), StoreOption.place(target)).run();
        copied.forEach(entry -> out().printf("copied %s %s%n", entry.folder(), entry.digest()));
        out().printf("%d versions copied%n", copied.size());
        return 0;
    }
}
