package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that come twice, one after the other or at once, leave one row a picture. */
class TwiceTest {
    @TempDir Path work = Path.of("");
    private final FileSystems files = new FileSystems(new Configuration());
    private ModelSource source = none();
    private InputPlan plan = none();
    private ScoreRun run = none();
    private OutFolder folder = none();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T none() {
        return null;
    }

    @BeforeEach
    void begin() throws Exception {
        source = ScoringModel.resolve(ModelReference.parse("pretrained-skin"), RuntimeChoice.ONNX);
        Path pictures = DrawnPictures.folder(work.resolve("pictures"), 20);
        plan =
                InputPlan.of(
                        InputFiles.list(List.of(pictures.toString()), files), files, null, null);
        run =
                new ScoreRun(
                        Finding.NOTICE,
                        source.name(),
                        source.version(),
                        source.digest(),
                        source.runtime(),
                        new ScoreRun.Reading(null, false),
                        List.of(),
                        plan.describe(),
                        plan.parts().size(),
                        plan.digest());
        folder = new OutFolder(work.resolve("out").toString(), files);
        folder.begin(run);
    }

    private List<PartWriter.Numbered> parts() {
        List<PartWriter.Numbered> parts = new ArrayList<>();
        for (int i = 0; i < plan.parts().size(); i++) {
            parts.add(new PartWriter.Numbered(i, plan.parts().get(i)));
        }
        return parts;
    }

    private void hasEachPictureOnce() throws IOException {
        File[] written = Objects.requireNonNull(work.resolve("out/findings").toFile().listFiles());
        assertThat(written).hasSize(2);
        assertThat(
                        TestSpark.session()
                                .read()
                                .parquet(work.resolve("out/findings").toString())
                                .select("file")
                                .distinct()
                                .count())
                .isEqualTo(20);
        assertThat(folder.done(2, run.identity()).stream().mapToLong(each -> each.pictures()).sum())
                .isEqualTo(20);
        assertThat(work.resolve("out/_working").toFile().list()).isEmpty();
    }

    /** The second task is a retry: of the first nobody knew that it had written all. */
    @Test
    void aTaskThatFailsAfterItsLastFileIsTriedAgain() throws Exception {
        JavaSparkContext context = new JavaSparkContext(TestSpark.session().sparkContext());
        PartScorer scorer =
                new PartScorer(
                        source,
                        work.resolve("out").toString(),
                        run,
                        context.broadcast(new SerializableConfiguration(new Configuration())));

        List<Integer> done =
                context.parallelize(parts(), 2).mapPartitions(new FailingOnce(scorer)).collect();

        assertThat(done).containsExactly(0, 1);
        hasEachPictureOnce();
    }

    private record FailingOnce(PartScorer scorer)
            implements FlatMapFunction<Iterator<PartWriter.Numbered>, Integer> {
        @Override
        public Iterator<Integer> call(Iterator<PartWriter.Numbered> parts) throws Exception {
            Iterator<Integer> done = scorer.call(parts);
            if (TaskContext.get().attemptNumber() == 0) {
                throw new IOException("a task that fails once");
            }
            return done;
        }
    }

    /** As a speculative task and the slow one that it overtakes do. */
    @Test
    void tasksThatScoreTheSameAtOnceWriteItOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(
                        threads.submit(
                                () -> {
                                    try (PartWriter writer =
                                            new PartWriter(
                                                    files,
                                                    folder,
                                                    source,
                                                    ScoringModel.of(source),
                                                    run.identity(),
                                                    run.reading())) {
                                        for (PartWriter.Numbered part : parts()) {
                                            writer.write(part);
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
        hasEachPictureOnce();
    }
}
