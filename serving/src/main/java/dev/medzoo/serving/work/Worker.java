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

    /** Predictions between two steps of the explanation in {@link #batch}. */
    private final List<Job> between = new ArrayList<>();

    /** When the current computation began, or 0. */
    private volatile long sinceNanos;

    /** The jobs in hand. */
    private volatile List<Job> inHand = List.of();

    /** Whether this worker holds a portion for an explanation. */
    private boolean isExplaining;

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
            between.forEach(job -> job.refuse(refusal));
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
        Job first = pool.queue().take(pool.options().maxIdleTime());
        if (first == null) {
            pool.crew().idle(this);
            return;
        }
        batch.add(first);
        ExplanationRequest wish = first.wish();
        if (wish == null) {
            predict(first, batch, predictor);
        } else {
            explain(first, wish, predictor);
        }
        batch.clear();
    }

    /**
     * Fills a batch and computes it.
     *
     * @param jobs the first alone; the others are added
     */
    private void predict(Job first, List<Job> jobs, Predictor<NetworkInput, Finding> predictor)
            throws InterruptedException {
        PoolOptions options = pool.options();
        int size = first.isBackground() ? 1 : options.batchSize();
        pool.queue().fill(jobs, size, options.maxBatchDelay());
        long from = acquire(() -> first.isBackground() && pool.queue().clients() == 0);
        try {
            // More may have come while the cores were busy.
            pool.queue().fill(jobs, size, Duration.ZERO);
            computing(jobs);
            compute(jobs, predictor, options);
        } finally {
            computing(List.of());
            release(from);
        }
    }

    private void computing(List<Job> jobs) {
        inHand = List.copyOf(jobs);
        sinceNanos = jobs.isEmpty() ? 0 : System.nanoTime();
    }

    /**
     * An explanation runs alone and only while no prediction waits. A prediction that arrives
     * meanwhile goes first, at the latest after the step in hand.
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
        isExplaining = true;
        computing(List.of(job));
        try {
            if (job.isWanted()) {
                Preparation preparation = pool.servable().preparation();
                new ExplanationJob(pool.model(), job, wish, preparation, explainer)
                        .run(
                                predictor,
                                () -> predictionsFirst(job, predictor),
                                () -> pool.computed(1));
            }
        } finally {
            computing(List.of());
            if (isExplaining) {
                isExplaining = false;
                pool.share().releaseExplained();
            }
        }
    }

    /**
     * Between two steps of an explanation, lets the predictions that wait go first: those of this
     * pool are computed here, those of others get the core.
     *
     * @return whether the explanation goes on: its client still waits, and the worker is not to end
     */
    private boolean predictionsFirst(Job job, Predictor<NetworkInput, Finding> predictor) {
        pool.share().releaseExplained();
        isExplaining = false;
        computing(List.of());
        try {
            while (!isExplaining && job.isWanted()) {
                pool.queue().fill(between, 1, Duration.ZERO);
                if (between.isEmpty()) {
                    isExplaining = pool.share().acquireToExplain(() -> pool.queue().clients() == 0);
                } else {
                    predict(between.get(0), between, predictor);
                    between.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        computing(List.of(job));
        return isExplaining && job.isWanted();
    }

    private void compute(
            List<Job> jobs, Predictor<NetworkInput, Finding> predictor, PoolOptions options) {
        Batch ready = new Batch(pool.model());
        ready.prepare(jobs, pool.servable().preparation(), options.isAllOrNothing());
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
