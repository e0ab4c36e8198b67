package dev.medzoo.serving.work;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How many pictures of a model may be under way at once, learnt from how long they take (TCP Vegas,
 * Brakmo and Peterson 1995): once they take longer than when nobody waits, because a queue stands,
 * the limit falls until at most one picture waits for each worker. When it is low, and most
 * pictures find no worker free, one may wait only if a worker is about to be free.
 *
 * <p>It begins at the whole queue, so that a burst after a calm is taken in, and only a load that
 * lasts brings it down. After a calm it begins anew.
 */
final class Admission {
    private static final long CALM_NANOS = Duration.ofSeconds(10).toNanos();

    /** The best time is never asked for anew: under a load that lasts it could only get worse. */
    private static final int NEVER = 1_000_000;

    /** A low limit, for each worker. */
    private static final int LOW = 4;

    /** The share of pictures that find a worker free, below which a load is too much. */
    private static final double FREE = 0.4;

    /** How fast that share forgets: a twentieth with every picture. */
    private static final double NEW = 0.05;

    private final int workers;
    private final int most;
    private Limit limit;
    private int underWay;
    private double freeShare = 1;
    private long lastWaitNanos = System.nanoTime();

    /**
     * @param workers at the most; as many pictures as three for every two are never refused
     * @param queueSize pictures that may wait
     */
    Admission(int workers, int queueSize) {
        this.workers = Math.max(1, workers);
        this.most = queueSize + this.workers;
        this.limit = fresh();
    }

    /**
     * Lets pictures in, all or none.
     *
     * @param isSoonTaken whether a worker will be free for them before long; asked only when that
     *     matters
     */
    synchronized boolean admit(int pictures, BooleanSupplier isSoonTaken) {
        long now = System.nanoTime();
        if (now - lastWaitNanos > CALM_NANOS) {
            limit = fresh();
            lastWaitNanos = now;
        }
        boolean isFree = underWay + pictures <= workers;
        freeShare += NEW * ((isFree ? 1 : 0) - freeShare);
        boolean isTooMuch = limit.getLimit() <= LOW * workers && freeShare < FREE;
        if (underWay + pictures > limit()
                || (isTooMuch && !isFree && !isSoonTaken.getAsBoolean())) {
            lastWaitNanos = now;
            return false;
        }
        underWay += pictures;
        return true;
    }

    /** How many may be under way now. */
    synchronized int limit() {
        return Math.max(Math.min(most, workers + (workers + 1) / 2), limit.getLimit());
    }

    /** A picture is answered, that long after it came. */
    synchronized void answered(Duration time) {
        long now = System.nanoTime();
        // With too few under way the limit would say that nothing is to be learnt; a queue says
        // more.
        int seen = underWay > workers ? limit.getLimit() : underWay;
        limit.onSample(now - time.toNanos(), time.toNanos(), seen, false);
        leave(now);
    }

    /** A picture was dropped or refused, which says nothing about how long one takes. */
    synchronized void dropped() {
        leave(System.nanoTime());
    }

    private void leave(long now) {
        if (underWay > workers) {
            lastWaitNanos = now;
        }
        underWay--;
    }

    private Limit fresh() {
        return VegasLimit.newBuilder()
                .initialLimit(most)
                .maxConcurrency(most)
                .probeMultiplier(NEVER)
                .thresholdFunction(limit -> 0)
                .alphaFunction(limit -> workers)
                .betaFunction(limit -> workers)
                .build();
    }
}
