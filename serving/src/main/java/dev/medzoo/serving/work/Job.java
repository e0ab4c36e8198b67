package dev.medzoo.serving.work;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A queued picture, and the future of its prediction. */
public final class Job {
    private final Picture picture;
    private final boolean background;
    private final @Nullable ExplanationRequest wish;
    private final CompletableFuture<Prediction> prediction = new CompletableFuture<>();
    private final long arrivedNanos = System.nanoTime();

    private final @Nullable Duration timeout;
    private volatile long latestNanos = Long.MAX_VALUE;

    private Job(
            Picture picture,
            boolean background,
            @Nullable ExplanationRequest wish,
            @Nullable Duration timeout) {
        this.picture = picture;
        this.background = background;
        this.wish = wish;
        this.timeout = timeout;
    }

    /** A prediction with the default maximum wait. */
    public static Job of(Picture picture) {
        return new Job(picture, false, null, null);
    }

    /**
     * A prediction that a client waits for.
     *
     * @param timeout after which it wants no answer; null where it has not said
     */
    public static Job of(Picture picture, @Nullable Duration timeout) {
        return new Job(picture, false, null, timeout);
    }

    /**
     * A prediction with an explanation. It has lower priority than predictions.
     *
     * @param timeout after which it wants no answer; null where it has not said
     */
    public static Job explained(
            Picture picture, ExplanationRequest wish, @Nullable Duration timeout) {
        return new Job(picture, false, wish, timeout);
    }

    /** A background prediction (shadow inference). It runs only when no client needs the cores. */
    public static Job inBackground(Picture picture) {
        return new Job(picture, true, null, null);
    }

    /**
     * Completed by a worker, or failed with a {@link RefusedException}. Whoever completes it first,
     * because the deadline passed or the client left, saves the worker the work.
     */
    public CompletableFuture<Prediction> prediction() {
        return prediction;
    }

    Picture picture() {
        return picture;
    }

    /** The requested explanation; null for a prediction alone. */
    @Nullable ExplanationRequest wish() {
        return wish;
    }

    boolean isExplained() {
        return wish != null;
    }

    boolean isBackground() {
        return background;
    }

    @Nullable Duration timeout() {
        return timeout;
    }

    /** Sets its maximum wait. */
    void isLateAfter(Duration wait) {
        latestNanos = arrivedNanos + wait.toNanos();
    }

    /** Whether it has exceeded its maximum wait. */
    boolean isLate() {
        return latestNanos != Long.MAX_VALUE && System.nanoTime() - latestNanos > 0;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Whether its result is still needed. */
    boolean isWanted() {
        return !prediction.isDone();
    }

    /** Refuses it, unless it is done. */
    public void refuse(Refusal refusal) {
        prediction.completeExceptionally(new RefusedException(refusal));
    }
}
