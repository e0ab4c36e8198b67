package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.registry.GarbageCollector;
import java.io.IOException;
import java.util.SortedSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code medzoo gc}: list files that no index references, such as leftovers of a crash; with
 * --delete, remove them.
 */
@Command(
        name = "gc",
        description = {
            "List files that no index refers to, such as leftovers of a crash. With --delete,"
                    + " remove them."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo gc --delete")
final class GcCommand extends StoreCommand {
    @Option(names = "--delete", description = "remove them")
    private boolean delete;

    @Option(names = "--revoked", description = "also the files of revoked versions")
    private boolean revoked;

    @Override
    public Integer call() throws IOException, ModelException {
        GarbageCollector collector = new GarbageCollector(choice().place(), revoked);
        SortedSet<String> paths = delete ? collector.remove() : collector.find();
        paths.forEach(path -> out().println((delete ? "removed " : "would remove ") + path));
        if (paths.isEmpty()) {
            out().println("nothing to remove");
        }
        return 0;
    }
}
