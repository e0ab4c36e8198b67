package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.cli.data.DataLocation;
import dev.medzoo.training.ConsoleProgress;
import dev.medzoo.training.Reproduction;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** {@code medzoo reproduce}: trains a published version again from its card, and compares. */
@Command(
        name = "reproduce",
        description = {
            "Train a published version again from its card and the pictures alone, and check that"
                    + " its test metrics lie within the published intervals.",
            "To resume a stopped run, give the same command again."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo reproduce pretrained-skin 1.0.0 --data data")
final class ReproduceCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final DeviceOption device = new DeviceOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "artifact")
    private String name = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "MAJOR.MINOR.PATCH")
    private String version = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "parent folder of the data sets, or its http(s) or s3 address; not needed where"
                            + " the card's recipe says where they lie")
    private @Nullable String data;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "folder to train in; default: ${DEFAULT-VALUE}")
    private Path work = Path.of("candidates/reproduction");

    @Override
    public Integer call() throws IOException, ModelException {
        Objects.requireNonNull(medzoo).leadToStore();
        ModelReference reference = new ModelReference(name, Version.parse(version));
        VerifiedArtifact artifact = VerifiedStore.of(Store.fromSettings()).artifact(reference);
        ConsoleProgress progress =
                new ConsoleProgress(System.err, CommandLine.Help.Ansi.AUTO.enabled());
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        Path folder = DataLocation.local(Reproduction.places(artifact.content()), data, command);
        Reproduction reproduction =
                new Reproduction(
                        artifact.content(),
                        folder,
                        work.resolve(name + "-" + version),
                        device.one());
        Reproduction.Outcome outcome = run(reproduction, progress);
        print(outcome, Objects.requireNonNull(spec).commandLine().getOut());
        return outcome.holds() ? 0 : Medzoo.FAILED;
    }

    private static Reproduction.Outcome run(Reproduction reproduction, ConsoleProgress progress)
            throws IOException, ModelException {
        GracefulStop stop = new GracefulStop("to resume from here, run the same command again");
        stop.atShutdown().begin();
        try {
            return reproduction.run(progress, System.err, stop);
        } finally {
            stop.end();
        }
    }

    private static void print(Reproduction.Outcome outcome, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("on test", "published", "reproduced", ""));
        for (Reproduction.Figure figure : outcome.figures()) {
            rows.add(
                    List.of(
                            figure.name(),
                            String.format(
                                    Locale.ROOT,
                                    "%.3f [%.3f, %.3f]",
                                    figure.published().value(),
                                    figure.published().low(),
                                    figure.published().high()),
                            String.format(Locale.ROOT, "%.3f", figure.reproduced()),
                            figure.isWithin() ? "within" : "outside"));
        }
        TextTable.print(rows, out);
        out.println("weights: " + (outcome.sameWeights() ? "bitwise identical" : "different"));
    }
}
