package dev.medzoo.cli.audit;

import dev.medzoo.cli.console.HelpOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medzoo audit}: works with the log of who requested what. */
@Command(
        name = "audit",
        description = "Verify an audit log, or make a key for one.",
        subcommands = {AuditKeyCommand.class, AuditVerifyCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo audit key audit.key",
            "  medzoo audit verify audit.log --key audit.key"
        })
public final class AuditCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "command: none (expected: key or verify)");
    }
}
