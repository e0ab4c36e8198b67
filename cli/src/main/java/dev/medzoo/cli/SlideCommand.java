package dev.medzoo.cli;

import ai.djl.ModelException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.batch.slide.Slide;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.batch.slide.SlideReport;
import dev.medzoo.batch.slide.SlideResult;
import dev.medzoo.batch.slide.SlideScorer;
import dev.medzoo.batch.slide.TileFindings;
import dev.medzoo.batch.slide.TileGrid;
import dev.medzoo.batch.slide.TissueMap;
import dev.medzoo.cli.console.FetchBar;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.ScoringLine;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.artifact.ModelReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** {@code medzoo slide}: maps what a model finds on a whole slide. */
@Command(
        name = "slide",
        description = {
            "Map what a model finds on a whole slide, field by field.",
            "Glass is skipped. The folder gets a heat map for each class, regions for QuPath, a table"
                    + " of fields and a summary: see docs/slides.md."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo slide breast-idc slide.svs --out map",
            "  medzoo slide breast-idc slide.tif --out map --mpp 0.25",
            "  medzoo slide my-model slide.svs --out map --mpp-model 0.5 --patch-model 224"
        })
final class SlideCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Mixin private final ModelChoice choice = new ModelChoice();

    @Parameters(
            index = "1",
            paramLabel = "SLIDE",
            description =
                    "tiled TIFF, BigTIFF, Aperio SVS, or a level or the folder of a DICOM slide")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "New or empty folder for the files.")
    private Path out = Path.of("");

    @Mixin private final SlideChoice slides = new SlideChoice();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that work at once; default: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, ModelException, TranslateException {
        checkOptions();
        ModelReference reference = choice.reference();
        Medzoo parent = Objects.requireNonNull(medzoo);
        try (Slide slide = Slide.open(file)) {
            SlideReading reading = slides.reading(parent.zoo(), reference);
            TileGrid grid = reading.grid(slide);
            List<String> mapped =
                    reading.mapped(parent.zoo().artifact(reference).reading().labels());
            SlideReport report = SlideReport.into(out);
            try (ZooModel<NetworkInput, Finding> loaded =
                    parent.zoo()
                            .load(
                                    reference,
                                    NetworkInput.class,
                                    Finding.class,
                                    choice.runtime(),
                                    new FetchBar(err()))) {
                SlideResult result = scored(slide, reading, grid, loaded);
                SlidePrinter.print(result, report.write(result, mapped), out());
                if (result.findings().count() == 0) {
                    err().printf(
                                    "medzoo: no field has tissue on %s of its area (expected: stained tissue on light"
                                            + " glass; try --least-tissue 0.05, look at the slide, or check --mpp)%n",
                                    reading.leastTissue());
                }
            }
        }
        return 0;
    }

    private void checkOptions() {
        slides.check();
        if (threads < 1) {
            throw new IllegalArgumentException("--threads: " + threads + " (expected: at least 1)");
        }
    }

    private SlideResult scored(
            Slide slide,
            SlideReading reading,
            TileGrid grid,
            ZooModel<NetworkInput, Finding> loaded)
            throws IOException, TranslateException {
        TissueMap tissue = TissueMap.of(slide, grid);
        ScoringLine line = new ScoringLine(err(), "fields");
        TileFindings findings =
                new SlideScorer(loaded, threads)
                        .score(slide, grid, tissue, reading.leastTissue(), line::update);
        line.end();
        return new SlideResult(
                slide,
                Preparation.of(loaded, new PictureDecoder()).model(),
                reading.micrometres(slide),
                reading.scaleSource(),
                grid,
                reading.modelScaleSource(),
                tissue,
                reading.leastTissue(),
                findings);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
