package dev.medzoo.cli.data;

import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.training.prepare.CsvColumns;
import dev.medzoo.training.prepare.DataInit;
import dev.medzoo.training.prepare.InitOptions;
import dev.medzoo.training.prepare.LeftOut;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medzoo data init}: makes a data set of pictures. */
@Command(
        name = "init",
        description = {
            "Make a data set: a folder with your pictures and a manifest.csv.",
            "PICTURES is a folder with a folder for each class, or a table (CSV) with a picture and"
                    + " its label on each line. JPEG, PNG, TIFF, BMP, GIF, WebP and DICOM are read.",
            "Pictures of one patient or lesion form a group: give it by a column or a pattern."
                    + " DICOM patients and near-duplicates are found automatically. A whole group"
                    + " goes to train, val or test, and each of the three gets every class.",
            "Damaged and duplicate files are left out and listed in left-out.csv."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo data init photos --name my-moles",
            "  medzoo data init photos --name my-moles --group-regex 'patient(\\d+)'",
            "  medzoo data init table.csv --label-column dx --group-column lesion_id --name my-moles"
        })
final class DataInitCommand implements Callable<Integer> {
    private static final int MOST_LISTED = 10;

    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final SplitShares split = new SplitShares();

    @Parameters(paramLabel = "PICTURES", description = "folder, or table (CSV)")
    private Path pictures = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "name of the data set and of its new folder here. Without it, the manifest is"
                            + " written into PICTURES and nothing is copied")
    private @Nullable Path name;

    @Option(
            names = "--group-column",
            paramLabel = "COLUMN",
            description = "column with the patient or lesion; default: one with a usual name")
    private @Nullable String groupColumn;

    @Option(
            names = "--group-regex",
            paramLabel = "PATTERN",
            description =
                    "regular expression that finds the patient or lesion in each path: its first"
                            + " capturing group, or the whole match")
    private @Nullable Pattern groupRegex;

    @Option(
            names = "--file-column",
            paramLabel = "COLUMN",
            description = "column with the picture; default: one with a usual name")
    private @Nullable String fileColumn;

    @Option(
            names = "--label-column",
            paramLabel = "COLUMN",
            description = "column with the class; default: one with a usual name")
    private @Nullable String labelColumn;

    @Option(
            names = "--split-column",
            paramLabel = "COLUMN",
            description = "column with train, val or test; default: one with a usual name")
    private @Nullable String splitColumn;

    @Option(
            names = "--pictures",
            paramLabel = "DIR",
            description = "folder of the table's pictures; default: the table's own")
    private @Nullable Path base;

    @Option(
            names = "--without",
            paramLabel = "CLASS",
            description = "leave a class out; may be given more than once")
    private List<String> without = List.of();

    @Option(
            names = "--new-split",
            description = "Ignore the split that the pictures come with, and make a new one.")
    private boolean newSplit;

    @Option(
            names = "--link",
            description =
                    "Link the files instead of copying them. This takes no space, but changing an"
                            + " original changes the data set.")
    private boolean link;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        InitOptions options =
                new InitOptions(
                        pictures,
                        base,
                        new CsvColumns(fileColumn, labelColumn, groupColumn, splitColumn),
                        name == null ? inPlace() : name,
                        groupRegex,
                        new HashSet<>(without),
                        split.shares(),
                        split.seed(),
                        newSplit,
                        link);
        DataInit.Made made = new DataInit(options, err::println).run();
        made.notes().forEach(out::println);
        out.println();
        TextTable.print(made.table().rows(), out);
        out.println();
        made.table().remarks().forEach(out::println);
        printLeftOut(made, out);
        out.println("data set: " + made.folder());
        out.println("next: medzoo data check " + made.folder());
        out.println("      medzoo train --data " + made.folder());
        return 0;
    }

    private Path inPlace() {
        Path parent = pictures.toAbsolutePath().getParent();
        return base != null
                ? base
                : Files.isDirectory(pictures) || parent == null ? pictures : parent;
    }

    private static void printLeftOut(DataInit.Made made, PrintWriter out) {
        List<LeftOut> leftOut = made.leftOut();
        if (leftOut.isEmpty()) {
            return;
        }
        Path list = made.folder().resolve(DataInit.LEFT_OUT);
        out.printf("left out: %d files, all in %s%n", leftOut.size(), list);
        leftOut.stream()
                .limit(MOST_LISTED)
                .forEach(each -> out.printf("  %s: %s%n", each.file(), each.reason()));
        if (leftOut.size() > MOST_LISTED) {
            out.printf("  and %d more%n", leftOut.size() - MOST_LISTED);
        }
    }
}
