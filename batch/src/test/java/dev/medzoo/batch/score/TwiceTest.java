package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that come twice, one after the other or at once, leave one row a picture. */
@Tag("slow")
class TwiceTest {
    @TempDir Path work = Path.of("");
    private PlainRun run = none();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T none() {
        return null;
    }

    @BeforeEach
    void begin() throws Exception {
        run =
                PlainRun.begin(
                        DrawnPictures.folder(work.resolve("pictures"), 20), work.resolve("out"));
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
        assertThat(run.done().stream().mapToLong(each -> each.pictures()).sum()).isEqualTo(20);
        assertThat(work.resolve("out/_working").toFile().list()).isEmpty();
    }

    /** The second task is a retry: of the first nobody knew that it had written all. */
    @Test
    void aTaskThatFailsAfterItsLastFileIsTriedAgain() throws Exception {
        JavaSparkContext context = new JavaSparkContext(TestSpark.session().sparkContext());
        PartScorer scorer =
                new PartScorer(
                        run.source(),
                        work.resolve("out").toString(),
                        run.run(),
                        context.broadcast(new SerializableConfiguration(new Configuration())));

        List<Integer> done =
                context.parallelize(run.parts(), 2)
                        .mapPartitions(new FailingOnce(scorer))
                        .collect();

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
                                    try (PartWriter writer = run.writer()) {
                                        for (PartWriter.Numbered part : run.parts()) {
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
