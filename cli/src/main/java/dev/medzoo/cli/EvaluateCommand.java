package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.MetricsTable;
import dev.medzoo.cli.data.DataLocation;
import dev.medzoo.training.Evaluation;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code medzoo evaluate}: computes figures with intervals and writes them into the candidate's
 * card.
 */
@Command(
        name = "evaluate",
        description = {
            "Score a candidate and write the metrics, with 95 %% intervals, into its card.",
            "Make every choice on val. Score test once, at the end.",
            "On val, a candidate made by wrap is calibrated first.",
            "With --foreign, also measure how well the model detects pictures of another kind: the"
                    + " test split of other data sets, and drawings."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  medzoo evaluate candidates/pretrained-skin \\",
            "      --data data/skin_ham10000_7class --split test \\",
            "      --foreign data/breast_busi_us_3class"
        })
final class EvaluateCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final DeviceOption device = new DeviceOption();

    @Parameters(
            paramLabel = "CANDIDATE",
            description = "candidate folder, as train, refit or wrap wrote it")
    private Path candidate = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "data set folder (with a manifest.csv), the parent folder of the recipe's data"
                            + " sets, or the http(s) or s3 address of either; not needed where the"
                            + " recipe says where they lie")
    private @Nullable String data;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "split of the manifest; default: ${DEFAULT-VALUE}")
    private String split = "val";

    @Option(
            names = "--foreign",
            paramLabel = "DIR",
            description = "data set with pictures of another kind; may be given more than once")
    private List<Path> foreign = List.of();

    @Override
    public Integer call() throws IOException, ModelException {
        Objects.requireNonNull(medzoo).leadToStore();
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (data == null && !Files.isDirectory(candidate)) {
            throw DataLocation.missing(command);
        }
        Path folder = DataLocation.local(Evaluation.places(candidate), data, command);
        PictureSets pictures = Evaluation.data(candidate, folder);
        List<PictureSet> others = new ArrayList<>();
        for (Path other : foreign) {
            others.add(PictureSet.open(other));
        }
        PrintWriter writer = Objects.requireNonNull(spec).commandLine().getOut();
        for (SplitMetrics metrics :
                Evaluation.run(candidate, pictures, split, others, device.one())) {
            MetricsTable.print(metrics, writer);
        }
        writer.println("report: " + Evaluation.report(candidate, split));
        return 0;
    }
}
