package dev.medzoo.cli;

import ai.djl.ModelException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.cli.console.FetchBar;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.explain.Explainer;
import dev.medzoo.zoo.explain.Explanation;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.explain.ExplanationOptions;
import dev.medzoo.zoo.explain.Overlay;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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

/** {@code medzoo explain}: shows where in a picture the model finds its evidence. */
@Command(
        name = "explain",
        description = {
            "Show where in a picture a model sees evidence for a class.",
            "The map is not a segmentation and gives no reasons: see docs/explanations.md."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo explain pretrained-skin lesion.jpg --out map.png",
            "  medzoo explain pretrained-skin lesion.jpg --out map.png --class mel",
            "  medzoo explain dfu-double-transfer foot.jpg --json --method gradcam"
        })
final class ExplainCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin private final PictureReading reading = new PictureReading();

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "name, name/1.0.0 or name@candidate; a bare name is the stable version")
    private String model = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "the picture")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE.png",
            description = "Write the picture with the map over it, its longest side at most 1024.")
    private @Nullable Path out;

    @Option(
            names = "--json",
            description = "Print the map and the finding as a JSON object instead of a line.")
    private boolean json;

    @Option(
            names = "--class",
            paramLabel = "LABEL",
            description = "Class to show the evidence for; default: the finding's class.")
    private @Nullable String label;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description =
                    "layercam (the default; needs PyTorch), gradcam (coarse, from one pass of any"
                            + " runtime) or rise (slower, for every model).")
    private @Nullable String method;

    @Option(
            names = "--runtime",
            paramLabel = "NAME",
            description =
                    "Runtime for the finding: auto (the fastest on this machine, the default),"
                            + " pytorch, onnx or onnx-int8.")
    private String runtime = RuntimeChoice.AUTO.word();

    @Override
    public Integer call() throws IOException, ModelException, TranslateException {
        if (out == null && !json) {
            throw new IllegalArgumentException("--out: none (expected: FILE.png, or --json)");
        }
        ExplanationOptions wanted =
                new ExplanationOptions(
                        method == null ? null : ExplanationMethod.parse(method), label);
        PictureOptions options = reading.options();
        PictureReading.refuseFolder(file);
        Medzoo parent = Objects.requireNonNull(medzoo);
        try (ZooModel<NetworkInput, Finding> loaded =
                        parent.zoo()
                                .load(
                                        ModelReference.parse(model),
                                        NetworkInput.class,
                                        Finding.class,
                                        RuntimeChoice.parse(runtime),
                                        new FetchBar(err()));
                Explainer explainer = parent.zoo().explainer(loaded)) {
            Preparation preparation = Preparation.of(loaded, new PictureDecoder());
            wanted.check(preparation.labels());
            Explanation found = explainer.explain(preparation.picture(file, options), wanted);
            if (out != null) {
                byte[] picture = Files.readAllBytes(file);
                Files.write(
                        out,
                        Overlay.png(
                                found, preparation.shown(picture, options, Overlay.LONGEST_SIDE)));
            }
            out().println(json ? found.toJson() : line(found));
        }
        return 0;
    }

    private static String line(Explanation found) {
        Finding finding = found.finding();
        return String.format(
                Locale.ROOT,
                "%s by %s, %dx%d: %s %.1f %%%s%n%n%s %s, %s%n%s",
                found.label(),
                found.method().word(),
                found.map().width(),
                found.map().height(),
                finding.label(),
                100 * finding.probability(),
                FindingPrinter.remarks(finding),
                finding.model().name(),
                finding.model().version(),
                finding.model().digest(),
                Finding.NOTICE);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
