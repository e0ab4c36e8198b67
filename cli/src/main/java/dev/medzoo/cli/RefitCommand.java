package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.MetricsTable;
import dev.medzoo.cli.data.DataLocation;
import dev.medzoo.training.Refit;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.Store;
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
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo refit}: keeps a published version's weights and fits everything else anew. */
@Command(
        name = "refit",
        description = {
            "Make a candidate from a published version's weights. Temperature, prediction sets,"
                    + " abstention and the detection of foreign pictures are fitted again.",
            "The recipe may differ from the published one only in version, foreign pictures and"
                    + " card."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  medzoo refit pretrained-skin/2.0.0 --recipe training/recipes/pretrained-skin.yaml \\",
            "      --data data --out candidates/pretrained-skin"
        })
final class RefitCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final DeviceOption device = new DeviceOption();

    @Parameters(paramLabel = "MODEL", description = "artifact: name, or name/1.0.0")
    private String model = "";

    @Option(names = "--recipe", required = true, paramLabel = "FILE", description = "YAML or JSON")
    private Path recipe = Path.of("");

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
            required = true,
            paramLabel = "CANDIDATE",
            description = "folder to write; it must not exist")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException, ModelException {
        Objects.requireNonNull(medzoo).leadToStore();
        VerifiedArtifact artifact =
                VerifiedStore.of(Store.fromSettings()).artifact(ModelReference.parse(model));
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        Path folder = DataLocation.local(Recipe.read(recipe).places(), data, command);
        Refit refit =
                new Refit(artifact.content(), artifact.digest(), recipe, folder, out, device.one());
        PrintWriter writer = Objects.requireNonNull(spec).commandLine().getOut();
        MetricsTable.print(refit.run(), writer);
        writer.println("candidate: " + out);
        return 0;
    }
}
