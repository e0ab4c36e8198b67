package dev.medzoo.cli.access;

import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.serving.access.NewToken;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.access.TokensException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medzoo token new}: creates a token and its entry for the server's token file. */
@Command(
        name = "new",
        description = {
            "Make a token for a caller of a server.",
            "The first line is the token; it is shown only once. Put the line with its digest into"
                    + " the server's tokens_file. The token cannot be computed from the digest."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo token new grafana --role observe",
            "  medzoo token new ana --role manage --file tokens",
            "  curl -H \"Authorization: Bearer $TOKEN\" localhost:8080/models"
        })
final class TokenNewCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ID", description = "name of the caller, as logs show it")
    private String id = "";

    @Option(
            names = "--role",
            required = true,
            split = ",",
            paramLabel = "ROLE",
            description =
                    "predict, observe (metrics) or manage (models, and all of these); several with"
                            + " commas")
    private List<Role> roles = List.of();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Append the line to this tokens_file, created if it does not exist.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, TokensException {
        NewToken token = NewToken.draw(id, EnumSet.copyOf(roles));
        if (file != null) {
            token.appendTo(file);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(token.secret());
        out.println();
        out.println(file == null ? "For a server's tokens_file:" : "Written to " + file + ":");
        out.println(token.line());
        return 0;
    }
}
