package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.format.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Scores slides on Spark, field by field, and maps each. A slide is cut in parts, so a large one is
 * scored by many tasks. A run that died goes on with the parts that are not done.
 */
public final class SlideJob {
    /** Tasks that read headers, at most. */
    private static final int MOST_TASKS = 1000;

    private final ScoreOptions options;
    private final SlideReading reading;
    private final ScoreProgress progress;

    /**
     * @param options of which those about pictures and tables do not count
     * @param reading of slides
     */
    public SlideJob(ScoreOptions options, SlideReading reading, ScoreProgress progress) {
        this.options = options;
        this.reading = reading;
        this.progress = progress;
    }

    /**
     * A run that is done.
     *
     * @param summary of all its slides
     * @param out its folder
     * @param parts of all slides
     * @param before how many of them earlier runs had done
     */
    public record Result(SlidesSummary summary, String out, int parts, int before) {}

    /**
     * Scores what is not scored yet, and maps every slide.
     *
     * @throws ModelException if the model is absent, damaged or not trusted
     * @throws IOException if the input is not there, the folder is of another run, or a task fails;
     *     the same run again goes on then
     */
    public Result run() throws IOException, ModelException, TranslateException {
        ModelSource source = ScoringModel.resolve(options.model(), options.runtime());
        reading.mapped(ScoringModel.of(source).preparation().labels());
        return ScoreSession.run(options, spark -> run(source, spark));
    }

    private Result run(ModelSource model, SparkSession spark)
            throws IOException, ModelException, TranslateException {
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        FileSystems files = new FileSystems(context.hadoopConfiguration());
        OutFolder folder = new OutFolder(files.locate(options.out()), files);
        SlidePlan plan = plan(context, files, folder);
        ScoreRun run = folder.begin(wanted(model, plan, folder.begun()));
        ModelSource source = model.by(run.runtime());
        List<String> labels = ScoringModel.of(source).preparation().labels();
        Broadcast<SerializableConfiguration> configuration =
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
        try {
            SlideTasks tasks =
                    new SlideTasks(
                            source,
                            files.locate(options.out()),
                            run.identity(),
                            new SlideTasks.ReadSlides(reading, labels),
                            configuration);
            int before = score(context, plan, tasks, folder.done(run.parts(), run.identity()));
            PartCounts counts = folder.counts(run);
            SlidesSummary summary =
                    summary(
                            ScoreSummary.of(run, labels, counts),
                            SparkStep.collect(
                                    context,
                                    context.parallelize(plan.slides(), plan.slides().size())
                                            .map(tasks.maps()),
                                    done -> {}));
            folder.write(OutFolder.SUMMARY, Json.write(summary));
            folder.write(OutFolder.REPORT, SlidesPage.of(summary));
            folder.tidy();
            return new Result(summary, files.locate(options.out()), run.parts(), before);
        } finally {
            configuration.unpersist();
        }
    }

    private SlidePlan plan(JavaSparkContext context, FileSystems files, OutFolder folder)
            throws IOException {
        for (String each : options.in()) {
            if (!FileSystems.isLocal(files.locate(each))) {
                throw new IOException(
                        "--in: %s: slides are read by parts from files (expected: a path that every executor has, such as of a shared file system)"
                                .formatted(each));
            }
        }
        SortedMap<String, Long> found = InputFiles.list(options.in(), files);
        found.keySet().removeIf(folder::wrote);
        List<InputPart.InputFile> all = new ArrayList<>();
        found.forEach((location, bytes) -> all.add(new InputPart.InputFile(location, bytes)));
        SlidePlan plan =
                SlidePlan.of(
                        SparkStep.collect(
                                context,
                                context.parallelize(
                                                all, Math.max(1, Math.min(all.size(), MOST_TASKS)))
                                        .map(SlideTasks.heads(reading)),
                                done -> {}));
        if (plan.slides().isEmpty()) {
            throw new IOException(
                    "--in: %s: no slide (expected: at least one)".formatted(options.in()));
        }
        return plan;
    }

    /** What is asked for. */
    private ScoreRun wanted(ModelSource source, SlidePlan plan, @Nullable ScoreRun begun) {
        return new ScoreRun(
                Finding.NOTICE,
                source.name(),
                source.version(),
                source.digest(),
                ScoreRun.runtime(options, source, begun),
                new ScoreRun.Reading(null, false),
                options.in(),
                plan.describe(),
                plan.parts().size(),
                plan.digest(),
                reading);
    }

    /** Scores the parts that are left; returns how many were done before. */
    private int score(
            JavaSparkContext context,
            SlidePlan plan,
            SlideTasks tasks,
            List<@Nullable PartCounts> done)
            throws IOException {
        List<SlidePlan.Part> left =
                plan.parts().stream().filter(part -> done.get(part.number()) == null).toList();
        int all = done.size();
        int before = all - left.size();
        if (left.isEmpty()) {
            return before;
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        left.forEach(part -> numbers.add(part.slide()));
        List<SlidePlan.Planned> slides =
                plan.slides().stream().filter(slide -> numbers.contains(slide.number())).toList();
        SparkStep.collect(
                context,
                context.parallelize(slides, slides.size()).map(tasks.tissue()),
                ended -> {});
        SparkStep.collect(
                context,
                context.parallelize(left, left.size()).map(tasks.parts()),
                ended -> progress.update(Math.min(all, before + ended), all));
        return before;
    }

    private static SlidesSummary summary(ScoreSummary fields, List<SlidesSummary.Line> slides) {
        int mapped = (int) slides.stream().filter(slide -> slide.error() == null).count();
        return new SlidesSummary(fields, mapped, slides);
    }
}
