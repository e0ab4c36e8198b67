package dev.medzoo.cli;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.batch.score.ScoreJob;
import dev.medzoo.batch.score.ScoreOptions;
import dev.medzoo.batch.score.ScoreResult;
import dev.medzoo.batch.score.ScoreSummary;
import dev.medzoo.batch.score.SlideJob;
import dev.medzoo.batch.score.SlidesSummary;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.ScoringLine;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo score}: computes findings for many pictures on Apache Spark. */
@Command(
        name = "score",
        customSynopsis = "medzoo score MODEL --in PATH... --out PATH [OPTION]...",
        description = {
            "Score many pictures on Apache Spark, here or on a cluster.",
            "Every picture has one row in Parquet files, with its finding or with the reason why"
                    + " there is none. The same command goes on with a run that died: see"
                    + " docs/score.md."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo score pretrained-skin --in pictures --out findings",
            "  medzoo score pretrained-skin --in 'shards/*.tar' --out findings --master local[4]",
            "  medzoo score breast-idc --slides --in 'scans/*.svs' --out maps",
            "  medzoo score breast-idc --in table.parquet --column image --out findings",
            "  spark-submit medzoo-cli.jar score breast-idc --in s3a://bucket/set --out s3a://bucket/out"
        })
final class ScoreCommand implements Callable<Integer> {
    private static final String SPARK = "org.apache.spark.sql.SparkSession";

    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin private final PictureReading reading = new PictureReading();

    @Mixin private final ModelChoice choice = new ModelChoice();

    @Option(
            names = "--in",
            paramLabel = "PATH",
            required = true,
            arity = "1..*",
            description =
                    "Pictures, folders of them, tar archives, Parquet files, or globs; local, or on"
                            + " a file system of Hadoop's such as s3a://.")
    private List<String> in = List.of();

    @Option(
            names = "--out",
            paramLabel = "PATH",
            required = true,
            description = "Folder for the findings: new, or that of the run to go on with.")
    private String out = "";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Spark's master, such as local[2] or spark://host:7077. Default: what"
                            + " spark-submit says, else local[*,4]: every core of this machine, and"
                            + " four tries for each task.")
    private @Nullable String master;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description =
                    "Column of Parquet files with the pictures' bytes; of a struct, with a dot."
                            + " Default: content, image.bytes or bytes.")
    private @Nullable String column;

    @Option(
            names = "--name-column",
            paramLabel = "NAME",
            description =
                    "Column with the pictures' names. Default: path, image.path, file or name if"
                            + " there, else pictures are numbered.")
    private @Nullable String nameColumn;

    @Option(
            names = "--slides",
            description =
                    "What goes in are whole slides: score their fields, and map each slide as medzoo"
                            + " slide does. See docs/slides.md.")
    private boolean isOfSlides;

    @Mixin private final SlideChoice slides = new SlideChoice();

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "Setting of Spark, may be given several times.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, ModelException, TranslateException {
        ScoreOptions options =
                new ScoreOptions(
                        choice.reference(),
                        choice.runtime(),
                        in,
                        out,
                        reading.options(),
                        column,
                        nameColumn,
                        master,
                        settings);
        if (isOfSlides) {
            refusePictures(options);
            slides.check();
        } else {
            slides.refuseAll();
        }
        checkSpark();
        Medzoo parent = Objects.requireNonNull(medzoo);
        parent.leadToStore();
        if (isOfSlides) {
            map(options, slides.reading(parent.zoo(), options.model()));
            return 0;
        }
        ScoringLine line = new ScoringLine(err(), "parts");
        ScoreResult result;
        try {
            result = new ScoreJob(options, line::update).run();
        } finally {
            line.end();
        }
        print(result);
        return 0;
    }

    /** A release does not have it. */
    private static void checkSpark() {
        try {
            Class.forName(SPARK, false, ScoreCommand.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "spark: not found (expected: Spark 4, by SPARK_HOME=FOLDER medzoo score …, or by spark-submit medzoo-cli.jar score …)",
                    e);
        }
    }

    private void print(ScoreResult result) {
        ScoreSummary summary = result.summary();
        PrintWriter text = out();
        text.printf(
                "pictures: %d, parts: %d, done before: %d%n%n",
                summary.pictures(), result.parts(), result.before());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("finding", "pictures", "share"));
        rows.addAll(summary.table());
        TextTable.print(rows, text);
        text.println();
        summary.reasons().forEach(why -> text.printf("%d: %s%n", why.pictures(), why.error()));
        if (summary.passedOver() > 0) {
            text.printf("%d entries of archives are no pictures%n", summary.passedOver());
        }
        text.printf("%s: findings/, summary.json, report.html%n%n", result.out());
        print(summary.model());
    }

    /** Refuses options that slides do not have. */
    private static void refusePictures(ScoreOptions options) {
        PictureOptions reading = options.reading();
        String given =
                reading.frame().isPresent()
                        ? "--frame"
                        : reading.burnedInAllowed()
                                ? "--burned-in-annotation"
                                : options.column() != null ? "--column" : null;
        if (given != null) {
            throw new IllegalArgumentException(given + ": given (expected: not with --slides)");
        }
    }

    private void map(ScoreOptions options, SlideReading how)
            throws IOException, ModelException, TranslateException {
        ScoringLine line = new ScoringLine(err(), "parts");
        SlideJob.Result result;
        try {
            result = new SlideJob(options, how, line::update).run();
        } finally {
            line.end();
        }
        SlidesSummary summary = result.summary();
        PrintWriter text = out();
        text.printf(
                "slides: %d, mapped: %d, parts: %d, done before: %d%n%n",
                summary.slides().size(), summary.mapped(), result.parts(), result.before());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("finding", "fields", "share"));
        rows.addAll(summary.fields().table());
        TextTable.print(rows, text);
        text.println();
        summary.slides().stream()
                .filter(slide -> slide.error() != null)
                .forEach(slide -> text.printf("%s: no map: %s%n", slide.file(), slide.error()));
        text.printf("%s: slides/, findings/, summary.json, report.html%n%n", result.out());
        print(summary.fields().model());
    }

    private void print(ScoreSummary.Model scored) {
        out().printf(
                        "%s %s, %s, %s%n",
                        scored.name(), scored.version(), scored.digest(), scored.runtime());
        out().println(Finding.NOTICE);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
