package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.training.RunComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** {@code medzoo compare}: candidates side by side. */
@Command(
        name = "compare",
        description = {
            "Show the figures of several candidates side by side, and what their recipes say otherwise.",
            "Runs with predictions on the same test pictures are also compared with the first run picture"
                    + " by picture.",
            "A page has the same and their curves over one axis. Choose by val; test is for the one that"
                    + " was chosen."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo compare candidates/my-moles candidates/my-moles-2")
final class CompareCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "RUN",
            arity = "2..*",
            description = "folders that train, refit or wrap wrote, at least two")
    private List<Path> runs = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "page to write; default: ${DEFAULT-VALUE}")
    private Path out = Path.of("compare.html");

    @Override
    public Integer call() throws IOException, ModelException {
        PrintWriter writer = Objects.requireNonNull(spec).commandLine().getOut();
        RunComparison comparison = RunComparison.of(runs);
        TextTable.print(comparison.figures(), writer);
        writer.println();
        TextTable.print(comparison.differences(), writer);
        writer.println();
        if (comparison.paired().size() > 1) {
            writer.println(
                    "differences on the same test pictures, paired 95 % intervals over groups:");
            TextTable.print(comparison.paired(), writer);
            writer.println();
        }
        comparison.remarks().forEach(writer::println);
        comparison.write(out);
        writer.println("page: " + out);
        return 0;
    }
}
