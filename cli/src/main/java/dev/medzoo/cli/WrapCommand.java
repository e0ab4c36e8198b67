package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.training.Wrap;
import dev.medzoo.training.WrapTransform;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Interpolation;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.network.graph.GraphConfig;
import dev.medzoo.zoo.network.graph.GraphConfig.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code medzoo wrap}: makes a candidate of a network trained elsewhere. */
@Command(
        name = "wrap",
        description = {
            "Make a candidate from an ONNX file: an image classifier with one float32 input and"
                    + " one output of logits or probabilities.",
            "The file is checked before ONNX Runtime reads it: it may hold only data, within"
                    + " limits.",
            "Next, medzoo evaluate --split val calibrates it, and --split test scores it."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  medzoo wrap resnet18.onnx --labels labels.txt --card card.yaml \\",
            "      --fit cover --resize 256 --mean 0.485,0.456,0.406 \\",
            "      --deviation 0.229,0.224,0.225 --out candidates/resnet"
        })
final class WrapCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "FILE", description = "ONNX file to wrap")
    private Path graph = Path.of("");

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "FILE",
            description = "file with one label per line, in the order of the network's output")
    private Path labels = Path.of("");

    @Option(
            names = "--card",
            required = true,
            paramLabel = "FILE",
            description = "YAML or JSON with name, version, origin and the text of the model card")
    private Path card = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "CANDIDATE",
            description = "folder to write; it must not exist")
    private Path out = Path.of("");

    @Option(
            names = "--transform",
            paramLabel = "FILE",
            description =
                    "YAML or JSON that says how to prepare a picture, as `reading.transform` in"
                            + " artifact.json; replaces the six options below")
    private @Nullable Path transform;

    @Option(
            names = "--fit",
            description =
                    "squash stretches a picture to the size, cover keeps its proportions and cuts"
                            + " the edges; default: squash")
    private Transform.@Nullable Fit fit;

    @Option(
            names = "--resize",
            paramLabel = "SIZE",
            converter = Size.class,
            description =
                    "size to resize to before the crop, such as 256 or 256x192; default: the"
                            + " input's size")
    private @Nullable InputSize resize;

    @Option(
            names = "--crop",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "input size, if the file does not give it")
    private @Nullable InputSize crop;

    @Option(names = "--interpolation", description = "bilinear or bicubic; default: bilinear")
    private @Nullable Interpolation interpolation;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "N",
            description = "of red, green and blue on the scale 0 to 1")
    private @Nullable List<Double> mean;

    @Option(
            names = "--deviation",
            split = ",",
            paramLabel = "N",
            description = "of red, green and blue on the scale 0 to 1")
    private @Nullable List<Double> deviation;

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "output with logits or probabilities, if there are several")
    private @Nullable String output;

    @Option(
            names = "--features",
            paramLabel = "NAME",
            description = "output with pooled features, used to detect pictures of another kind")
    private @Nullable String features;

    @Option(
            names = "--answer",
            description =
                    "what the output holds: logits or probabilities; default: probabilities if the"
                            + " last operator is a softmax")
    private @Nullable Answer answer;

    /** Parses a side, or width and height. */
    static final class Size implements ITypeConverter<InputSize> {
        @Override
        public InputSize convert(String text) {
            if (!text.matches("[1-9][0-9]{0,3}(x[1-9][0-9]{0,3})?")) {
                throw new TypeConversionException(text + " (expected: such as 256 or 256x192)");
            }
            String[] sides = text.split("x", 2);
            return new InputSize(
                    Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]));
        }
    }

    @Override
    public Integer call() throws IOException, ModelException {
        WrapTransform how =
                new WrapTransform(transform, fit, resize, crop, interpolation, mean, deviation);
        GraphConfig network =
                new Wrap(graph, labels, how, card, out, output, features, answer).run();
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .printf(
                        "input: %s, %s, %s%noutput: %s, %d %s%nfeatures: %s%ncandidate: %s%n",
                        network.inputName(),
                        network.layout(),
                        network.input(),
                        network.answerName(),
                        network.classes(),
                        network.answer().name().toLowerCase(Locale.ROOT),
                        network.pooled() == null
                                ? "none, so pictures of another kind are not detected"
                                : network.pooled().count() + " of " + network.pooled().name(),
                        out);
        return 0;
    }
}
