package dev.medzoo.serving.work;

import java.time.Duration;

/**
 * Estimates the queueing time of a new picture, for deadline-based admission control:
 *
 * <pre>W = T (q + 1)</pre>
 *
 * <p>q pictures of clients wait before it, and an answer leaves the pool every
 *
 * <pre>T = Σ t w / Σ w</pre>
 *
 * <p>where t is the time since the answer before, of those answers before which others waited: an
 * idle pool says nothing about how fast a busy one is. The newest has weight w = 1, each one before
 * it {@value #KEPT} of the weight of the next, so about the latest fifty count. So T holds whatever
 * slows a pool down: other models on the same cores, larger pictures, batches, a busy machine.
 *
 * <p>Until there is such an answer, T is what one picture takes a worker, over the workers. Times
 * are those of {@link System#nanoTime}. Not thread safe.
 */
final class ExpectedWait {
    /** Of the sums, with every answer. */
    private static final double KEPT = 0.98;

    /** Of the mean time that a picture takes its worker, with every answer. */
    private static final double KEPT_ALONE = 0.9;

    private double sumNanos;
    private double weight;
    private double aloneNanos;
    private long lastNanos;
    private boolean isBusy;

    /**
     * A picture was answered.
     *
     * @param nowNanos when
     * @param ownNanos what it took its worker, its part of a batch
     * @param isBusy whether others wait now
     */
    void answered(long nowNanos, long ownNanos, boolean isBusy) {
        aloneNanos =
                aloneNanos == 0 ? ownNanos : KEPT_ALONE * aloneNanos + (1 - KEPT_ALONE) * ownNanos;
        if (this.isBusy) {
            sumNanos = KEPT * sumNanos + (nowNanos - lastNanos);
            weight = KEPT * weight + 1;
        }
        lastNanos = nowNanos;
        this.isBusy = isBusy;
    }

    /** What a picture takes its worker: the mean of the latest, 0 before the first. */
    Duration ofOne() {
        return Duration.ofNanos((long) aloneNanos);
    }

    /**
     * Until a worker takes a picture that comes now, when none is free.
     *
     * @param waiting pictures before it
     * @param workers that there may be, at least 1
     */
    Duration after(int waiting, int workers) {
        double each = weight == 0 ? aloneNanos / workers : sumNanos / weight;
        return Duration.ofNanos((long) (each * (waiting + 1)));
    }
}
