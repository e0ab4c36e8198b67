package dev.medzoo.serving.work;

import ai.djl.inference.Predictor;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.explain.Explainer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes batches of jobs from its pool's queue with a predictor of its own. Only an {@link Error}
 * of the engine ends it, and then the pool replaces it.
 */
final class Worker implements Runnable, CoreLimiter.Holder {
    private static final Logger logger = LoggerFactory.getLogger(Worker.class);

    /** A worker counts as stuck after computing for this long while nobody waits for the result. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final WorkerPool pool;
    private final int id;
    private final Instant startTime = Instant.now();
    private final CompletableFuture<Void> warm = new CompletableFuture<>();
    private final List<Job> batch = new ArrayList<>();

    /** When the current computation began, or 0. */
    private volatile long sinceNanos;

    /** The jobs in hand. */
    private volatile List<Job> inHand = List.of();

    Worker(WorkerPool pool, int id) {
        this.pool = pool;
        this.id = id;
    }

    @Override
    public boolean isStuck() {
        return isStuck(System.nanoTime());
    }

    boolean isStuck(long nowNanos) {
        long since = sinceNanos;
        return since != 0
                && nowNanos - since > STUCK_NANOS
                && inHand.stream().noneMatch(Job::isWanted);
    }

    int id() {
        return id;
    }

    Instant startTime() {
        return startTime;
    }

    /** Completed after the warm-up prediction; failed when that fails. */
    CompletableFuture<Void> warm() {
        return warm;
    }

    boolean isReady() {
        return warm.isDone() && !warm.isCompletedExceptionally();
    }

    @Override
    public void run() {
        boolean died = true;
        pool.share().cores().join(this);
        try (Predictor<NetworkInput, Finding> predictor = pool.servable().newPredictor()) {
            warmUp(predictor);
            while (pool.crew().keeps(this)) {
                work(predictor);
            }
            died = false;
        } catch (InterruptedException e) {
            died = false;
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            if (!warm.completeExceptionally(e)) {
                logger.error("a worker of {} died", pool.model(), e);
            }
        } finally {
            pool.share().cores().leave(this);
            Refusal refusal =
                    died
                            ? Refusal.failed("A worker died of model: " + pool.model())
                            : Refusal.stopping();
            batch.forEach(job -> job.refuse(refusal));
            warm.completeExceptionally(new IllegalStateException("stopped"));
            pool.crew().ended(this, died);
        }
    }

    /** Must run on this thread: the engine sets its thread count per calling thread. */
    private void warmUp(Predictor<NetworkInput, Finding> predictor) throws Exception {
        long from = acquire(() -> false);
        try {
            predictor.predict(pool.servable().blank());
        } finally {
            release(from);
        }
        warm.complete(null);
    }

    private void work(Predictor<NetworkInput, Finding> predictor) throws InterruptedException {
        PoolOptions options = pool.options();
        Job first = pool.queue().take(options.maxIdleTime());
        if (first == null) {
            pool.crew().idle(this);
            return;
        }
        batch.add(first);
        ExplanationRequest wish = first.wish();
        if (wish != null) {
            explain(first, wish, predictor);
            batch.clear();
            return;
        }
        int size = first.isBackground() ? 1 : options.batchSize();
        pool.queue().fill(batch, size, options.maxBatchDelay());
        long from = acquire(() -> first.isBackground() && pool.queue().clients() == 0);
        try {
            // More may have come while the cores were busy.
            pool.queue().fill(batch, size, Duration.ZERO);
            inHand = List.copyOf(batch);
            sinceNanos = from;
            compute(predictor, options);
        } finally {
            sinceNanos = 0;
            inHand = List.of();
            release(from);
        }
        batch.clear();
    }

    /**
     * An explanation runs alone and only while no prediction waits. A prediction that arrives
     * meanwhile goes first.
     */
    private void explain(
            Job job, ExplanationRequest wish, Predictor<NetworkInput, Finding> predictor)
            throws InterruptedException {
        Explainer explainer = pool.servable().explainer().now();
        if (explainer == null) {
            // Nothing is queued before it is loaded; should it be, it costs its own answer alone.
            job.refuse(Refusal.failed("No explainer of model: " + pool.model()));
            return;
        }
        if (!pool.share().acquireToExplain(() -> pool.queue().clients() == 0)) {
            pool.queue().giveBack(job);
            return;
        }
        inHand = List.of(job);
        sinceNanos = System.nanoTime();
        try {
            if (job.isWanted()) {
                Preparation preparation = pool.servable().preparation();
                new ExplanationJob(pool.model(), job, wish, preparation, explainer)
                        .run(predictor, () -> pool.computed(1));
            }
        } finally {
            sinceNanos = 0;
            inHand = List.of();
            pool.share().releaseExplained();
        }
    }

    private void compute(Predictor<NetworkInput, Finding> predictor, PoolOptions options) {
        Batch ready = new Batch(pool.model());
        ready.prepare(batch, pool.servable().preparation(), options.isAllOrNothing());
        if (ready.size() > 0) {
            ready.predict(predictor, pool::computed);
        }
    }

    private long acquire(BooleanSupplier background) throws InterruptedException {
        pool.share().acquire(background);
        return System.nanoTime();
    }

    private void release(long from) {
        pool.share().release(System.nanoTime() - from);
    }
}
