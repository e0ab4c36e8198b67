package dev.medzoo.training.learn;

import dev.medzoo.training.data.BatchLoader.Batch;
import java.util.function.ToDoubleFunction;

/**
 * What learning from some batches, one after the other, came to.
 *
 * @param steps taken, one a batch
 * @param loss mean over the steps, in nats
 * @param seconds that it took
 * @param waiting share of that time in which the network waited for pictures, from 0 to 1
 */
public record Pass(int steps, double loss, double seconds, double waiting) {
    /** Told after every step. */
    @FunctionalInterface
    public interface Watch {
        /**
         * One more step is done.
         *
         * @param done steps so far, from 1
         * @param loss mean over them
         * @param seconds that they took
         */
        void stepped(int done, double loss, double seconds);
    }

    /**
     * Learns from each batch in turn.
     *
     * @param step learns from one and says its loss
     * @throws IllegalStateException when a loss is not finite
     */
    public static Pass over(Iterable<Batch> batches, ToDoubleFunction<Batch> step, Watch watch) {
        long begun = System.nanoTime();
        long asked = begun;
        long waited = 0;
        double sum = 0;
        int done = 0;
        for (Batch batch : batches) {
            waited += System.nanoTime() - asked;
            double loss = step.applyAsDouble(batch);
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException(
                        "loss: "
                                + loss
                                + " (expected: a finite number; try a lower peakLearningRate)");
            }
            sum += loss;
            done++;
            watch.stepped(done, sum / done, secondsSince(begun));
            asked = System.nanoTime();
        }
        double seconds = secondsSince(begun);
        return new Pass(done, sum / done, seconds, waited / 1e9 / seconds);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
