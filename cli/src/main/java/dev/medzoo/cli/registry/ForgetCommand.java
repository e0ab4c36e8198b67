package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import picocli.CommandLine.Command;

/**
 * {@code medzoo forget}: forget the highest serial seen of a store that was rolled back on purpose.
 */
@Command(
        name = "forget",
        description = {
            "Forget the highest index serial seen of a store, after the store was rolled back on"
                    + " purpose."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo forget --store model-store")
final class ForgetCommand extends StoreCommand {
    @Override
    public Integer call() throws IOException, ModelException {
        Store store = choice().zoo().store();
        boolean known = VerifiedStore.of(store).forget();
        out().println((known ? "forgotten: " : "no serial was remembered of ") + store);
        return 0;
    }
}
