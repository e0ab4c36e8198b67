package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.index.StoreIndex;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code medzoo renew}: issue the index again, valid from now. */
@Command(
        name = "renew",
        description = {"Issue the index again, with a new expiry date."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo renew --valid-for P90D")
final class RenewCommand extends ChangeCommand {
    @Override
    public Integer call() throws IOException, ModelException {
        StoreIndex index = registry().renew();
        out().printf("serial %d, expires: %s%n", index.serial(), index.expires());
        return 0;
    }
}
