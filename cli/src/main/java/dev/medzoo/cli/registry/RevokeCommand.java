package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.registry.Registry;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.StoreIndex;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code medzoo revoke}: forbid a version for good. */
@Command(
        name = "revoke",
        description = {
            "Forbid a version for good.",
            "Nobody loads it any more, and running servers stop answering with it at their next look at the index."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo revoke pretrained-skin/1.0.0 --reason \"labels were swapped\"")
final class RevokeCommand implements Callable<Integer> {
    @ParentCommand private @Nullable StoreChoice choice;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final MaintainerOptions options = new MaintainerOptions();

    @Parameters(paramLabel = "NAME/VERSION", description = "a published version")
    private String reference = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "in a sentence")
    private String reason = "";

    @Override
    public Integer call() throws IOException, ModelException {
        Registry registry =
                new Registry(Objects.requireNonNull(choice).place(), options.maintainer());
        StoreIndex index = registry.revoke(ModelReference.parse(reference), reason);
        out().printf("%s is revoked%n", reference);
        hint(index);
        return 0;
    }

    /** An alias that points to it names nothing that loads until it is moved. */
    private void hint(StoreIndex index) {
        ModelReference revoked = ModelReference.parse(reference);
        index.aliasesOf(revoked.name())
                .forEach(
                        (alias, version) -> {
                            if (version.equals(revoked.version())) {
                                out().printf(
                                                "%s@%s still points to it; medzoo rollback %s %s%n",
                                                revoked.name(), alias, revoked.name(), alias);
                            }
                        });
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
