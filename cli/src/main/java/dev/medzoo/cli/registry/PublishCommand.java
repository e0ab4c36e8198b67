package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.registry.Registry;
import dev.medzoo.zoo.ArtifactContent;
import dev.medzoo.zoo.IndexEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo publish}: a candidate becomes a version that is never rewritten. */
@Command(
        name = "publish",
        description = {
            "Put a candidate into the store as a new version.",
            "The store is the folder of --store or $MEDZOO_STORE, else ./model-store. A version"
                    + " that is there already is never overwritten."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo publish candidates/pretrained-skin --store model-store")
final class PublishCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreChoice choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final MaintainerOptions options = new MaintainerOptions();

    @Parameters(paramLabel = "CANDIDATE", description = "folder that train wrote")
    private Path candidate = Path.of("");

    @Override
    public Integer call() throws IOException, ModelException {
        Registry registry =
                new Registry(Objects.requireNonNull(choice).place(), options.maintainer());
        IndexEntry published = registry.publish(ArtifactContent.ofCandidate(candidate));
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .printf("%s %s%n%s%n", published.name(), published.version(), published.digest());
        return 0;
    }
}
