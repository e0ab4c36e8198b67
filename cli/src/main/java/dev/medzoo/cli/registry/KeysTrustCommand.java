package dev.medzoo.cli.registry;

import ai.djl.MalformedModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.zoo.sign.KeyDescription;
import dev.medzoo.zoo.sign.TrustFile;
import dev.medzoo.zoo.sign.TrustedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medzoo keys trust}: adds a key to a trust file. */
@Command(
        name = "trust",
        description = {
            "Add a key to a trust file.",
            "TRUST is created if it does not exist. Its other entries stay as they are."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  medzoo keys trust ~/keys/maintainer.pem.pub trust.json --name maintainer --for pretrained-skin")
final class KeysTrustCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(
            index = "0",
            paramLabel = "KEY",
            description = "PEM file of the private or the public key")
    private Path key = Path.of("");

    @Parameters(index = "1", paramLabel = "TRUST", description = "trust file")
    private Path file = Path.of("");

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "name of the key's owner")
    private String name = "";

    @Option(
            names = "--for",
            split = ",",
            defaultValue = "*",
            paramLabel = "MODEL",
            description = "models the key may sign; default: every model")
    private List<String> artifacts = List.of();

    @Option(
            names = "--not-the-index",
            description = "the key may sign models, but not the index of a store")
    private boolean notTheIndex;

    @Override
    public Integer call() throws IOException, MalformedModelException {
        TrustFile before = Files.exists(file) ? TrustFile.read(file) : TrustFile.of();
        KeyDescription described = KeyDescription.read(key);
        List<TrustedKey> signers = new ArrayList<>(before.signers());
        signers.add(
                new TrustedKey(name, described.publicKey(), artifacts, !notTheIndex, null, null));
        TrustFile after = new TrustFile(TrustFile.FORMAT, signers, before.authorities());
        Files.write(file, after.toBytes());
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .printf("%s trusts %s: %s%n", file, name, described.keyId());
        return 0;
    }
}
