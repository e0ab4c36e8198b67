package dev.medzoo.serving.work;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;

/** A picture that waits for a worker, and the future that its client waits for. */
public final class Job {
    private final Picture picture;
    private final boolean background;
    private final CompletableFuture<Prediction> prediction = new CompletableFuture<>();
    private final long arrivedNanos = System.nanoTime();

    private Job(Picture picture, boolean background) {
        this.picture = picture;
        this.background = background;
    }

    /** One that a client waits for. */
    public static Job of(Picture picture) {
        return new Job(picture, false);
    }

    /** One that nobody waits for: it is computed when no client wants the cores. */
    public static Job inBackground(Picture picture) {
        return new Job(picture, true);
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

    boolean isBackground() {
        return background;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Whether somebody still wants it computed. */
    boolean isWanted() {
        return !prediction.isDone();
    }

    /** Fails it, unless it is done. */
    public void refuse(Refusal refusal) {
        prediction.completeExceptionally(new RefusedException(refusal));
    }
}
