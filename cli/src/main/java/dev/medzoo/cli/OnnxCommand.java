package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.DjlFolder;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.OnnxExport;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/** {@code medzoo onnx}: exports a model for a runtime outside DJL. */
@Command(
        name = "onnx",
        description = {
            "Export a model's network as an ONNX file.",
            "Its input is pictures (batch, 3, height, width); its outputs are logits, features and"
                    + " map. The file's metadata says how to prepare a picture and what the logits"
                    + " mean.",
            "With --djl, write a folder that DJL loads without medzoo, by its OnnxRuntime engine"
                    + " and its own translator. It gives calibrated probabilities only."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo onnx pretrained-skin --out pretrained-skin.onnx")
final class OnnxCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "MODEL", description = "artifact: name, name/1.0.0 or name@candidate")
    private String model = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "ONNX file to write, or with --djl the folder; it must not exist")
    private Path out = Path.of("");

    @Option(names = "--djl", description = "Write a folder that DJL loads without medzoo.")
    private boolean djl;

    @Override
    public Integer call() throws IOException, ModelException {
        Objects.requireNonNull(medzoo).leadToStore();
        ArtifactContent content =
                VerifiedStore.of(Store.fromSettings())
                        .artifact(ModelReference.parse(model))
                        .content();
        if (Files.exists(out)) {
            throw new IllegalArgumentException(
                    "--out: %s already exists (expected: a new %s)"
                            .formatted(out, djl ? "folder" : "file"));
        }
        Path file = djl ? out.resolve(ArtifactFiles.ONNX) : out;
        if (djl) {
            DjlFolder.write(content, out);
        } else {
            Files.write(file, OnnxExport.of(content), StandardOpenOption.CREATE_NEW);
        }
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .printf(
                        "wrote %s: %s/%s, %s, %d bytes%n",
                        file,
                        content.artifact().name(),
                        content.artifact().version(),
                        content.manifest().digest(),
                        Files.size(file));
        return 0;
    }
}
