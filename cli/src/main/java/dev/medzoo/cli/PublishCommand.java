package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.registry.Publisher;
import dev.medzoo.translate.ModelIdentity;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo publish}: a candidate becomes a version that is never rewritten. */
@Command(
        name = "publish",
        description = {
            "Put a candidate into the store as a new version.",
            "The store is the folder of --store or $MEDZOO_STORE, else ./model-store. A version"
                    + " that is there already is never overwritten."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo publish candidates/pretrained-skin --store model-store")
final class PublishCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "CANDIDATE", description = "folder that train wrote")
    private Path candidate = Path.of("");

    @Override
    public Integer call() throws IOException, ModelException {
        ModelIdentity published = new Publisher(store()).publish(candidate);
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .printf("%s %s%n%s%n", published.name(), published.version(), published.digest());
        return 0;
    }

    /** Publishing writes, so that of all kinds of stores only a folder will do. */
    private Path store() {
        String chosen = Objects.requireNonNull(medzoo).store();
        if (chosen == null) {
            chosen = System.getenv(Store.VARIABLE);
        }
        if (chosen == null || chosen.isBlank()) {
            return Store.DEFAULT_FOLDER;
        }
        if (Store.open(chosen) instanceof FolderStore folder) {
            return folder.root();
        }
        throw new IllegalArgumentException(
                "store: " + chosen + " (expected: a folder, to publish into)");
    }
}
