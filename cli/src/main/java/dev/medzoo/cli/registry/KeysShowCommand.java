package dev.medzoo.cli.registry;

import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.zoo.sign.KeyDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medzoo keys show}: prints a key or certificate without its private half. */
@Command(
        name = "show",
        description = "Describe a private key, a public key or a certificate.",
        footerHeading = "%nExample:%n",
        footer = "  medzoo keys show ~/keys/maintainer.pem")
final class KeysShowCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "FILE", description = "PEM")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        KeyDescription key = KeyDescription.read(file);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(key.keyId());
        out.println(key.subject() == null ? key.kind() : key.kind() + " of " + key.subject());
        out.println(key.publicKey().strip());
        return 0;
    }
}
