package dev.medzoo.cli.registry;

import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.zoo.sign.SigningKey;
import dev.medzoo.zoo.sign.TrustedKey;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medzoo keys new}: creates a key and its trust file entry. */
@Command(
        name = "new",
        description = {
            "Make a signing key.",
            "FILE gets the private key, readable by its owner only, and FILE.pub the public one."
                    + " Neither is ever overwritten, and neither may lie in a store."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo keys new ~/keys/maintainer.pem")
final class KeysNewCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "FILE", description = "private key file to write")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        refuseStore();
        SigningKey key = SigningKey.generate();
        key.write(file);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(key.keyId());
        out.println();
        out.println("Add this to \"signers\" in a trust file, and restrict what the key may sign:");
        out.println(TrustedKey.of(name(), key, List.of("*"), true).toJson().strip());
        return 0;
    }

    /** Refuses to write a key into a store, whose files are published. */
    private void refuseStore() throws IOException {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path folder = parent == null ? null : parent.toRealPath();
        for (; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(Store.INDEX))) {
                throw new IllegalArgumentException(
                        "key: %s in the store %s (expected: outside of every store)"
                                .formatted(file, folder));
            }
        }
    }

    /** The file's name without its extension. */
    private String name() {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    }
}
