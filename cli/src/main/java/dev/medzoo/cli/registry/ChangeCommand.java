package dev.medzoo.cli.registry;

import dev.medzoo.registry.Registry;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** A command that changes a store in the name of a maintainer. */
abstract class ChangeCommand extends StoreCommand {
    @Mixin final MaintainerOptions options = new MaintainerOptions();

    /** The store's registry, acting for the maintainer that the options name. */
    final Registry registry() throws IOException {
        return new Registry(choice().place(), options.maintainer());
    }
}
