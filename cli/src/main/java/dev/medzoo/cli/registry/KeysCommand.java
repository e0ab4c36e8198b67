package dev.medzoo.cli.registry;

import dev.medzoo.cli.console.HelpOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medzoo keys}: manages the keys that sign models and indexes. */
@Command(
        name = "keys",
        description = "Make a signing key, show one, or trust one.",
        subcommands = {KeysNewCommand.class, KeysShowCommand.class, KeysTrustCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo keys new ~/keys/maintainer.pem",
            "  medzoo keys show ~/keys/maintainer.pem.pub"
        })
final class KeysCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "command: none (expected: new, show or trust)");
    }
}
