package dev.medzoo.cli;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.cli.console.FetchBar;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.artifact.ModelReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** {@code medzoo predict}: computes findings for pictures on this machine. */
@Command(
        name = "predict",
        description = {
            "Say what a model finds in pictures.",
            "If a picture cannot be read, the others are still predicted. The error stream names"
                    + " it, and the exit code is 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo predict pretrained-skin lesion.jpg",
            "  medzoo predict dfu-double-transfer/2.0.0 --json left.png right.png",
            "  medzoo predict pretrained-skin --frame 3 film.dcm",
            "  medzoo predict pretrained-skin --dicom-out reports lesion.dcm"
        })
final class PredictCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin private final PictureReading reading = new PictureReading();

    @Mixin private final ModelChoice choice = new ModelChoice();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "pictures")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Print one JSON array instead of a table.")
    private boolean json;

    @Option(
            names = "--dicom-out",
            paramLabel = "DIR",
            description =
                    "Write a DICOM Structured Report for each DICOM file into this folder, named"
                            + " by the report's UID. Then only DICOM files are accepted.")
    private @Nullable Path dicomOut;

    @Override
    public Integer call() throws IOException, ModelException, TranslateException {
        List<PictureFinding> all = new ArrayList<>();
        int failed = 0;
        Medzoo parent = Objects.requireNonNull(medzoo);
        ModelReference reference = choice.reference();
        PictureOptions options = reading.options();
        FetchBar bar = new FetchBar(err());
        try (ZooModel<NetworkInput, Finding> loaded =
                        parent.zoo()
                                .load(
                                        reference,
                                        NetworkInput.class,
                                        Finding.class,
                                        choice.runtime(),
                                        bar);
                Predictor<NetworkInput, Finding> predictor = loaded.newPredictor()) {
            Preparation preparation = Preparation.of(loaded, new PictureDecoder());
            ReportFolder reports = new ReportFolder(dicomOut, options, preparation);
            for (Path file : files) {
                try {
                    PictureReading.refuseFolder(file);
                    NetworkInput input = preparation.picture(file, options);
                    SourceInstance source = reports.source(file);
                    Finding finding = predictor.predict(input);
                    all.add(new PictureFinding(file, finding, reports.write(source, finding)));
                } catch (IOException | TranslateException e) {
                    failed++;
                    parent.complain(about(file, ErrorMessage.line(e)), e, err());
                }
            }
        }
        FindingPrinter printer = new FindingPrinter(out());
        if (json) {
            printer.json(all);
        } else if (!all.isEmpty()) {
            printer.table(all);
        }
        return failed == 0 ? 0 : Medzoo.FAILED;
    }

    private static String about(Path file, String line) {
        return line.startsWith(file + ": ") ? line : file + ": " + line;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
