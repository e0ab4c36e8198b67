package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.MetricsTable;
import dev.medzoo.training.ConsoleProgress;
import dev.medzoo.training.Training;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.learn.TrainingProgress;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo train}: a recipe and pictures in, a candidate out. */
@Command(
        name = "train",
        description = {
            "Train a model by a recipe.",
            "Before the first step recipe, pictures and card are checked, and every fault is told;"
                    + " --check does nothing else.",
            "A checkpoint is written after every round, to OUT.checkpoint: a run that was stopped,"
                    + " by Ctrl-C or by a power cut, goes on with --resume along the same curve."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo train --recipe training/recipes/pretrained-skin.yaml \\",
            "      --data data/skin_ham10000_7class --out candidates/pretrained-skin",
            "  medzoo train --recipe training/recipes/dfu-double-transfer.yaml \\",
            "      --data data/dfu_fuseg_2class --from pretrained-skin \\",
            "      --out candidates/dfu-double-transfer",
            "  medzoo train --check --recipe mine.yaml --data data/moles"
        })
final class TrainCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final DeviceOption device = new DeviceOption();

    @Option(names = "--recipe", required = true, paramLabel = "FILE", description = "YAML or JSON")
    private Path recipe = Path.of("");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description =
                    "folder of pictures with a manifest.csv, or the folder in which the recipe's data"
                            + " sets lie")
    private Path data = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "CANDIDATE",
            description = "folder to write; it must not be there yet. Not needed for --check")
    private @Nullable Path out;

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description =
                    "artifact (name, name/1.0.0), candidate or backbone folder whose weights to start from")
    private @Nullable String from;

    @Option(names = "--resume", description = "Go on with a run that was stopped.")
    private boolean resume;

    @Option(
            names = "--check",
            description = "Check recipe, pictures and card, a line a fault, and train nothing.")
    private boolean check;

    @Override
    public Integer call() throws IOException, ModelException {
        Objects.requireNonNull(medzoo).leadToStore();
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (check) {
            return check(command.getOut(), command.getErr());
        }
        if (out == null) {
            throw new CommandLine.ParameterException(
                    command, "Missing required option: '--out=CANDIDATE'");
        }
        ConsoleProgress progress =
                new ConsoleProgress(System.err, CommandLine.Help.Ansi.AUTO.enabled());
        Training training = new Training(recipe, data, out, from, device.all(), resume);
        SplitMetrics val = run(training, progress);
        PrintWriter writer = command.getOut();
        MetricsTable.print(val, writer);
        writer.println("candidate: " + out);
        writer.println("report: " + training.report());
        return 0;
    }

    private int check(PrintWriter said, PrintWriter failed) throws IOException {
        List<String> faults =
                Training.check(recipe, data, from, note -> said.println("note: " + note));
        faults.forEach(fault -> failed.println("medzoo: " + fault));
        if (faults.isEmpty()) {
            said.println("no fault: training may begin");
        }
        return faults.isEmpty() ? 0 : Medzoo.FAILED;
    }

    private static SplitMetrics run(Training training, TrainingProgress progress)
            throws IOException, ModelException {
        GracefulStop stop =
                new GracefulStop("the same command with --resume goes on from the last round");
        stop.atShutdown().begin();
        try {
            return training.run(stop.watching(progress));
        } finally {
            stop.end();
        }
    }
}
