package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.ProbeLine;
import dev.medzoo.training.StartingPoint;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Transform.Fit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code medzoo probe}: measures the quality of a network's frozen features. */
@Command(
        name = "probe",
        description = {
            "Measure a network's features without training it further.",
            "Prints balanced accuracies of nearest neighbours and of a linear classifier: fitted"
                    + " on train and scored on val, and cross-validated over five folds of all"
                    + " groups."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo probe candidates/breast-idc --data data/breast_ucsb_2class")
final class ProbeCommand implements Callable<Integer> {
    /** Untrained weights. */
    private static final String RANDOM = "random";

    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "MODEL",
            description = "artifact (name, name/1.0.0), candidate or backbone folder, or random")
    private String model = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "labelled data set; may be given more than once")
    private List<Path> data = List.of();

    @Option(
            names = "--form",
            paramLabel = "WIDTHxHEIGHT",
            converter = Size.class,
            description = "size to resize every picture to first, as in a recipe")
    private @Nullable InputSize form;

    @Option(
            names = "--fit",
            paramLabel = "FIT",
            description =
                    "how to resize a picture to the square: squash or cover; default:"
                            + " ${DEFAULT-VALUE}")
    private Fit fit = Fit.SQUASH;

    @Override
    public Integer call() throws IOException, ModelException {
        Objects.requireNonNull(medzoo).leadToStore();
        StartingPoint point = model.equals(RANDOM) ? null : StartingPoint.of(model);
        for (Path folder : data) {
            PictureSet pictures = PictureSet.open(folder).inForm(form);
            ProbeLine.print(
                    point == null
                            ? StartingPoint.probeRandom(pictures, fit)
                            : point.probe(pictures, fit),
                    Objects.requireNonNull(spec).commandLine().getOut());
        }
        return 0;
    }

    /** {@code 341x224}. */
    private static final class Size implements ITypeConverter<InputSize> {
        private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");

        @Override
        public InputSize convert(String value) {
            Matcher size = SIZE.matcher(value);
            if (!size.matches()) {
                throw new TypeConversionException(value + " (expected: such as 341x224)");
            }
            return new InputSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
        }
    }
}
