package dev.medzoo.cli.audit;

import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.serving.audit.AuditKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medzoo audit key}: creates the secret key of a log. */
@Command(
        name = "key",
        description = {
            "Make a key for an audit log, and print its id. Every file of the log starts with the"
                    + " id.",
            "FILE is readable by its owner only, and is never overwritten. Without it nobody can"
                    + " verify the log; with it anybody can forge one."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo audit key audit.key")
final class AuditKeyCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "FILE", description = "key file to write")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        AuditKey key = AuditKey.create(file);
        Objects.requireNonNull(spec).commandLine().getOut().println(key.id());
        return 0;
    }
}
