package dev.medzoo.cli.access;

import dev.medzoo.cli.console.HelpOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medzoo token}: manages the tokens that authenticate a server's callers. */
@Command(
        name = "token",
        description = "Make a token for a caller of a server.",
        subcommands = TokenNewCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo token new grafana --role observe",
            "  medzoo token new ana --role manage --file tokens"
        })
public final class TokenCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "command: none (expected: new)");
    }
}
