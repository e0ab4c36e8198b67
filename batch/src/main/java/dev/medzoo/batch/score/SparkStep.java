package dev.medzoo.batch.score;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Has Spark do something in tasks, and waits for it. */
final class SparkStep {
    private static final long LOOK_MILLIS = 100;

    private SparkStep() {}

    /**
     * Collects what tasks return.
     *
     * @param progress is told how many tasks are done
     * @throws IOException if a task fails as often as Spark tries; the same command goes on
     */
    static <T> List<T> collect(JavaSparkContext context, JavaRDD<T> tasks, IntConsumer progress)
            throws IOException {
        Counter counter = new Counter();
        context.sc().addSparkListener(counter);
        try {
            List<T> all = await(tasks.collectAsync(), counter, progress);
            progress.accept(tasks.getNumPartitions());
            return all;
        } finally {
            context.sc().removeSparkListener(counter);
        }
    }

    private static <T> List<T> await(
            JavaFutureAction<List<T>> action, Counter counter, IntConsumer progress)
            throws IOException {
        while (true) {
            try {
                return action.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                progress.accept(counter.done.get());
            } catch (InterruptedException e) {
                action.cancel(true);
                Thread.currentThread().interrupt();
                throw new IOException(
                        "score: interrupted (expected: the end; the same command goes on)", e);
            } catch (ExecutionException e) {
                throw new IOException(SparkFailure.line(e), e);
            }
        }
    }

    /** Tasks that are done, for whoever watches. */
    private static final class Counter extends SparkListener {
        private final AtomicInteger done = new AtomicInteger();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.taskInfo().successful()) {
                done.incrementAndGet();
            }
        }
    }
}
