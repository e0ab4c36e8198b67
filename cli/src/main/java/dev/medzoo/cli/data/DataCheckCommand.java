package dev.medzoo.cli.data;

import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.training.prepare.DataCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medzoo data check}: prints the content of a data set and all its faults. */
@Command(
        name = "check",
        description = {
            "Check every picture of a data set and print all faults, one per line: files that are"
                    + " missing, changed or damaged, groups and near-duplicates in two splits,"
                    + " classes that a split lacks.",
            "A contact sheet shows some pictures of each class and split. It holds copies of the"
                    + " pictures: keep it where they are."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo data check my-moles")
final class DataCheckCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "DATA", description = "data set folder")
    private Path data = Path.of("");

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description = "page to write; default: DATA/contact-sheet.html")
    private @Nullable Path sheet;

    @Override
    public Integer call() throws IOException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = command.getOut();
        Path page = sheet == null ? data.resolve("contact-sheet.html") : sheet;
        DataCheck.Seen seen = DataCheck.run(data, page);
        TextTable.print(seen.table().rows(), out);
        out.println();
        seen.sizes().forEach(out::println);
        seen.table().remarks().forEach(out::println);
        out.println("contact sheet: " + page);
        seen.faults().forEach(fault -> command.getErr().println("medzoo: " + fault));
        if (seen.faults().isEmpty()) {
            out.println("no faults: ready to train");
        }
        return seen.faults().isEmpty() ? 0 : CommandLine.ExitCode.SOFTWARE;
    }
}
