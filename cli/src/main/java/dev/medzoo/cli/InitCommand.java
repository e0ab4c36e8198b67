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
            "Write a starter recipe for a data set. Every setting comes with its reason. Its card"
                    + " has the questions to answer before you publish the model.",
            "medzoo train --data DATA writes the same recipe if there is none."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo init my-moles --from pretrained-skin")
final class InitCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "DATA", description = "data set folder")
    private Path data = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description =
                    "start from the weights of an artifact (name, name/1.0.0), a candidate folder"
                            + " or a backbone folder")
    private @Nullable String from;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "model name; default: the data set's name")
    private @Nullable String model;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "recipe file to write; default: NAME.yaml in this folder")
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
        recipe.notes().forEach(line -> writer.println("  " + line));
    }
}
