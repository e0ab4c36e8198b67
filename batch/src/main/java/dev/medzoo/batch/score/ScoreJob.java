package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.format.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Scores pictures on Spark: on this machine, or on the executors of a cluster. Every picture has
 * one row in the end, with its finding or with the reason why there is none. A run that died goes
 * on with the parts that are not done.
 */
public final class ScoreJob {
    private final ScoreOptions options;
    private final ScoreProgress progress;

    public ScoreJob(ScoreOptions options, ScoreProgress progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Scores what is not scored yet, and counts everything.
     *
     * @throws ModelException if the model is absent, damaged or not trusted
     * @throws IOException if the input is not there, the folder is of another run, or a task fails;
     *     the same run again goes on then
     */
    public ScoreResult run() throws IOException, ModelException, TranslateException {
        // Before anything else: most that is wrong shows here, and the runtime is the same for all.
        ModelSource source = ScoringModel.resolve(options.model(), options.runtime());
        return ScoreSession.run(options, spark -> run(source, spark));
    }

    private ScoreResult run(ModelSource model, SparkSession spark)
            throws IOException, ModelException, TranslateException {
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        FileSystems files = new FileSystems(context.hadoopConfiguration());
        String out = files.locate(options.out());
        OutFolder folder = new OutFolder(out, files);
        SortedMap<String, Long> found = InputFiles.list(options.in(), files);
        found.keySet().removeIf(folder::wrote);
        InputPlan plan = InputPlan.of(found, files, options.column(), options.nameColumn());
        ScoreRun run = folder.begin(wanted(model, plan, folder.begun()));
        ModelSource source = model.by(run.runtime());
        String identity = run.identity();

        List<PartWriter.Numbered> left = left(plan, folder.done(run.parts(), identity));
        int before = run.parts() - left.size();
        if (!left.isEmpty()) {
            score(context, new Work(source, out, run, files, left, before));
        }
        PartCounts counts = folder.counts(run);
        ScoreSummary summary =
                ScoreSummary.of(run, ScoringModel.of(source).preparation().labels(), counts);
        folder.write(OutFolder.SUMMARY, Json.write(summary));
        folder.write(OutFolder.REPORT, ScorePage.of(summary));
        folder.tidy();
        return new ScoreResult(summary, out, run.parts(), before);
    }

    /** What is asked for. */
    private ScoreRun wanted(ModelSource source, InputPlan plan, @Nullable ScoreRun begun) {
        Integer frame =
                options.reading().frame().isPresent()
                        ? Integer.valueOf(options.reading().frame().getAsInt())
                        : null;
        return new ScoreRun(
                Finding.NOTICE,
                source.name(),
                source.version(),
                source.digest(),
                ScoreRun.runtime(options, source, begun),
                new ScoreRun.Reading(frame, options.reading().burnedInAllowed()),
                options.in(),
                plan.describe(),
                plan.parts().size(),
                plan.digest(),
                null);
    }

    private static List<PartWriter.Numbered> left(InputPlan plan, List<@Nullable PartCounts> done) {
        List<PartWriter.Numbered> left = new ArrayList<>();
        for (int i = 0; i < plan.parts().size(); i++) {
            if (done.get(i) == null) {
                left.add(new PartWriter.Numbered(i, plan.parts().get(i)));
            }
        }
        return left;
    }

    private record Work(
            ModelSource source,
            String out,
            ScoreRun run,
            FileSystems files,
            List<PartWriter.Numbered> left,
            int before) {}

    private void score(JavaSparkContext context, Work work) throws IOException {
        int all = work.run().parts();
        Broadcast<SerializableConfiguration> configuration =
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
        try {
            SparkStep.collect(
                    context,
                    context.parallelize(work.left(), work.left().size())
                            .mapPartitions(
                                    new PartScorer(
                                            work.source(), work.out(), work.run(), configuration)),
                    done -> progress.update(Math.min(all, work.before() + done), all));
        } finally {
            configuration.unpersist();
        }
    }
}
