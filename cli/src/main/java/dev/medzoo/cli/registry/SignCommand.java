package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.ModelReference;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code medzoo sign}: sign a published version, replacing any earlier signature. */
@Command(
        name = "sign",
        description = {"Sign a published version again. This replaces the signature it has."},
        footerHeading = "%nExample:%n",
        footer = "  medzoo sign pretrained-skin/1.0.0 --key maintainer.pem")
final class SignCommand extends ChangeCommand {
    @Parameters(paramLabel = "NAME/VERSION", description = "a published version")
    private String reference = "";

    @Override
    public Integer call() throws IOException, ModelException {
        registry().sign(ModelReference.parse(reference));
        out().printf("%s is signed%n", reference);
        return 0;
    }
}
