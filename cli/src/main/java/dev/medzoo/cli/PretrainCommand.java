package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.ProbeLine;
import dev.medzoo.cli.data.DataLocation;
import dev.medzoo.training.data.DataPlace;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.pretrain.Backbone;
import dev.medzoo.training.pretrain.Pretrain;
import dev.medzoo.training.pretrain.PretrainRecipe;
import dev.medzoo.training.pretrain.Probe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code medzoo pretrain}: trains a backbone from a recipe and unlabelled pictures. */
@Command(
        name = "pretrain",
        description = {
            "Pre-train a network on unlabelled pictures. `medzoo train --from` then starts from"
                    + " it.",
            "A checkpoint is written after every epoch, to OUT.checkpoint."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  medzoo pretrain --recipe training/recipes/skin-pool.yaml --data data \\",
            "      --probe skin_ham10000_7class --out candidates/skin-pool"
        })
final class PretrainCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final DeviceOption device = new DeviceOption();

    @Option(names = "--recipe", required = true, paramLabel = "FILE", description = "YAML or JSON")
    private Path recipe = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "parent folder of the data sets, or its http(s) or s3 address; not needed where"
                            + " the recipe says where they lie")
    private @Nullable String data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "BACKBONE",
            description = "folder to write")
    private Path out = Path.of("");

    @Option(
            names = "--probe",
            paramLabel = "SET",
            description =
                    "labelled data set. At the end the features are probed on its val and compared"
                            + " with random ones; pre-training does not use it")
    private List<String> probes = List.of();

    @Option(names = "--resume", description = "Resume a run that was stopped.")
    private boolean resume;

    @Override
    public Integer call() throws IOException, ModelException {
        List<DataPlace> places =
                Stream.concat(
                                PretrainRecipe.read(recipe).places().stream(),
                                probes.stream().map(name -> new DataPlace(name, null)))
                        .distinct()
                        .toList();
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        Path folder = DataLocation.local(places, data, command);
        Backbone backbone = run(new Pretrain(recipe, folder, out, device.one(), resume, probes));
        PrintWriter writer = Objects.requireNonNull(spec).commandLine().getOut();
        for (Probe.Result probe : backbone.probes()) {
            ProbeLine.print(probe, writer);
        }
        writer.println("backbone: " + out);
        return 0;
    }

    private static Backbone run(Pretrain pretraining) throws IOException, ModelException {
        GracefulStop stop =
                new GracefulStop(
                        "to resume from the last epoch, run the same command with --resume");
        stop.atShutdown().begin();
        try {
            return pretraining.run(System.err, stop);
        } finally {
            stop.end();
        }
    }
}
