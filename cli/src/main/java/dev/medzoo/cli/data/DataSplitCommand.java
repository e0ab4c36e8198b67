package dev.medzoo.cli.data;

import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.training.prepare.DataSplit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medzoo data split}: splits a data set anew. */
@Command(
        name = "split",
        description = {
            "Split a data set again, by group, and write its manifest.csv. The old one is kept"
                    + " beside it.",
            "With --folds and --fold, one fold is test, the next one val, all others train. Use"
                    + " each fold in turn to cross-validate.",
            "Models trained before belong to the old manifest: publish them first, or restore it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo data split my-moles --seed 2",
            "  medzoo data split my-moles --folds 5 --fold 1"
        })
final class DataSplitCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final SplitShares split = new SplitShares();

    @Parameters(paramLabel = "DATA", description = "data set folder")
    private Path data = Path.of("");

    @ArgGroup(exclusive = false)
    private @Nullable Folds folds;

    /** Selects one fold of a cross-validation. */
    static final class Folds {
        @Option(
                names = "--folds",
                required = true,
                paramLabel = "N",
                description = "number of folds, at least 3")
        private int count;

        @Option(
                names = "--fold",
                required = true,
                paramLabel = "I",
                description = "the test fold, counted from 1")
        private int fold;
    }

    @Override
    public Integer call() throws IOException {
        DataSplit dataSplit = new DataSplit(data);
        Folds wanted = folds;
        DataSplit.NewSplit result =
                wanted == null
                        ? dataSplit.byShares(split.shares(), split.seed())
                        : dataSplit.byFold(wanted.count, wanted.fold, split.seed());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        TextTable.print(result.table().rows(), out);
        out.println();
        result.table().remarks().forEach(out::println);
        out.println("the manifest before: " + result.before());
        return 0;
    }
}
