package dev.medzoo.cli.registry;

import dev.medzoo.registry.Registry;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** A command that changes a store, in someone's name. */
abstract class ChangeCommand extends StoreCommand {
    @Mixin final MaintainerOptions options = new MaintainerOptions();

    /** The store's registry, in the hands of whom the options name. */
    final Registry registry() throws IOException {
        return new Registry(choice().place(), options.maintainer());
    }
}
