package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.MetricsTable;
import dev.medzoo.cli.data.DataLocation;
import dev.medzoo.training.ConsoleProgress;
import dev.medzoo.training.Training;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.learn.TrainingProgress;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.data.PictureManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo train}: trains a candidate from a recipe and labelled pictures. */
@Command(
        name = "train",
        description = {
            "Train a model from a recipe. Without --recipe it uses NAME.yaml in this folder, where"
                    + " NAME is the data set's name. If there is none, it writes a starter recipe"
                    + " there and prints its choices.",
            "Before training, the recipe, the pictures and the card are checked and every fault is"
                    + " printed; --check stops after that.",
            "A checkpoint is written to OUT.checkpoint after every round. If a run was stopped, by"
                    + " Ctrl-C or by a power cut, --resume continues it along the same curve."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo train --recipe training/recipes/pretrained-skin.yaml \\",
            "      --data data/skin_ham10000_7class --out candidates/pretrained-skin",
            "  medzoo train --recipe training/recipes/dfu-double-transfer.yaml \\",
            "      --data data/dfu_fuseg_2class --from pretrained-skin \\",
            "      --out candidates/dfu-double-transfer",
            "  medzoo train --data my-moles --from pretrained-skin",
            "  medzoo train --check --recipe mine.yaml --data data/moles"
        })
final class TrainCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final DeviceOption device = new DeviceOption();

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "YAML or JSON; default: NAME.yaml for DATA, written if it does not exist")
    private @Nullable Path recipe;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "data set folder (with a manifest.csv), the parent folder of the recipe's data"
                            + " sets, or the http(s) or s3 address of either; not needed where the"
                            + " recipe says where they lie")
    private @Nullable String data;

    @Option(
            names = "--out",
            paramLabel = "CANDIDATE",
            description = "folder to write; it must not exist. Default: candidates/MODEL")
    private @Nullable Path out;

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description =
                    "start from the weights of an artifact (name, name/1.0.0), a candidate folder"
                            + " or a backbone folder")
    private @Nullable String from;

    @Option(names = "--resume", description = "Resume a run that was stopped.")
    private boolean resume;

    @Option(
            names = "--check",
            description =
                    "Check recipe, pictures and card, print one line per fault, and train nothing.")
    private boolean check;

    @Override
    public Integer call() throws IOException, ModelException {
        Objects.requireNonNull(medzoo).leadToStore();
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        Path folder = recipe == null ? DataLocation.local(List.of(), data, command) : Path.of("");
        Path file = recipe == null ? recipe(folder, command.getOut()) : recipe;
        Recipe parsed = Recipe.read(file);
        if (recipe != null) {
            folder = DataLocation.local(parsed.places(), data, command);
        }
        if (check) {
            return check(file, folder, command.getOut(), command.getErr());
        }
        Path candidate = out == null ? Path.of("candidates", parsed.name()) : out;
        ConsoleProgress progress =
                new ConsoleProgress(System.err, CommandLine.Help.Ansi.AUTO.enabled());
        Training training = new Training(file, folder, candidate, from, device.all(), resume);
        SplitMetrics val = run(training, progress, command.getErr());
        if (val == null) {
            return Medzoo.FAILED;
        }
        PrintWriter writer = command.getOut();
        MetricsTable.print(val, writer);
        writer.println("candidate: " + candidate);
        writer.println("report: " + training.report());
        return 0;
    }

    /** The default recipe of a data set, written if it is absent. */
    private Path recipe(Path data, PrintWriter said) throws IOException, ModelException {
        if (Files.notExists(data.resolve(PictureManifest.FILE))) {
            throw new IllegalArgumentException(
                    "--data: %s has no %s (expected: a data set, made by medzoo data init, or"
                                    .formatted(data, PictureManifest.FILE)
                            + " --recipe)");
        }
        Path file = InitCommand.file(data, null);
        if (Files.exists(file)) {
            said.println("recipe: " + file + ", which exists");
        } else {
            InitCommand.write(data, from, null, file, said);
        }
        return file;
    }

    private int check(Path file, Path data, PrintWriter said, PrintWriter failed)
            throws IOException {
        List<String> faults =
                Training.check(file, data, from, note -> said.println("note: " + note));
        faults.forEach(fault -> failed.println("medzoo: " + fault));
        if (faults.isEmpty()) {
            said.println("no faults: ready to train");
        }
        return faults.isEmpty() ? 0 : Medzoo.FAILED;
    }

    /** The figures; null if it was stopped, which has then been said. */
    private @Nullable SplitMetrics run(
            Training training, TrainingProgress progress, PrintWriter failed)
            throws IOException, ModelException {
        GracefulStop stop =
                new GracefulStop(
                        "to resume from the last round, run the same command with --resume");
        stop.atShutdown().begin();
        try {
            return training.run(stop.watching(progress));
        } catch (CancellationException e) {
            // The JVM may halt as soon as the work has ended.
            Objects.requireNonNull(medzoo).complain(ErrorMessage.line(e), e, failed);
            return null;
        } finally {
            stop.end();
        }
    }
}
