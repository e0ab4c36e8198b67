package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.training.StartingPoint;
import dev.medzoo.training.prepare.StarterRecipe;
import dev.medzoo.training.prepare.StarterRecipe.Start;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo init}: writes a first recipe for a data set. */
@Command(
        name = "init",
        description = {
            "Write a first recipe for a data set: every choice with its reason, and a card of"
                    + " questions to answer before the model is published.",
            "medzoo train --data DATA makes the same one where there is none."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo init my-moles --from pretrained-skin")
final class InitCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "DATA", description = "folder of a data set")
    private Path data = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description =
                    "artifact (name, name/1.0.0), candidate or backbone folder whose weights to start"
                            + " from")
    private @Nullable String from;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "of the model; default: the data set's")
    private @Nullable String model;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "recipe to write; default: NAME.yaml here")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, ModelException {
        Objects.requireNonNull(medzoo).leadToStore();
        PrintWriter writer = Objects.requireNonNull(spec).commandLine().getOut();
        write(data, from, model, out == null ? file(data, model) : out, writer);
        return 0;
    }

    /** Default path of the recipe for a data set. */
    static Path file(Path data, @Nullable String model) {
        Path name = data.toAbsolutePath().normalize().getFileName();
        return Path.of(
                (model == null ? StarterRecipe.artifactName(String.valueOf(name)) : model)
                        + ".yaml");
    }

    /** Writes a recipe to a new file and prints its choices. */
    static void write(
            Path data, @Nullable String from, @Nullable String model, Path file, PrintWriter writer)
            throws IOException, ModelException {
        Start start = from == null ? null : new Start(from, StartingPoint.of(from));
        StarterRecipe recipe = StarterRecipe.of(data, start, model);
        recipe.write(file);
        writer.println("recipe: " + file + ", made for this data set");
        recipe.told().forEach(line -> writer.println("  " + line));
    }
}
