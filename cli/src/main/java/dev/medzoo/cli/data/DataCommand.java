package dev.medzoo.cli.data;

import dev.medzoo.cli.console.HelpOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medzoo data}: prepares data sets of the user's own pictures. */
@Command(
        name = "data",
        description = "Make a data set from your own pictures, check it, split it again.",
        subcommands = {DataInitCommand.class, DataCheckCommand.class, DataSplitCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo data init PICTURES --name my-moles",
            "  medzoo data check my-moles",
            "  medzoo data split my-moles --seed 2"
        })
public final class DataCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "command: none (expected: init, check or split)");
    }
}
