package dev.medzoo.serving.work;

import ai.djl.Device;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of one model version and its workers. The pool grows while jobs wait, up to the maximum
 * of its options. A picture that would be answered too late ({@link ExpectedWait}) is refused at
 * once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What completes a job does not throw.
public final class WorkerPool implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(WorkerPool.class);

    /** Factor by which a wait may exceed the estimate before the answer counts as too late. */
    private static final double LATE = 1.15;

    /** Minimum time over which retries are spread: Retry-After counts in seconds. */
    private static final Duration SPREAD = Duration.ofSeconds(2);

    private final Servable servable;
    private final ServedVersion model;
    private final CoreLimiter.Share share;
    private final PoolListener listener;
    private final JobQueue queue;
    private final WorkerGroup crew;
    private final ExpectedWait expected = new ExpectedWait();

    /** Of explanations, which come one by one after all predictions. */
    private final ExpectedWait expectedToExplain = new ExpectedWait();

    private PoolOptions options;
    private int jobs;

    /** Of them, the predictions that clients wait for. */
    private int clients;

    /** Of them, the explanations. */
    private int explained;

    private boolean isOpen = true;

    private WorkerPool(
            Servable servable,
            ServedVersion model,
            PoolOptions options,
            CoreLimiter.Share share,
            PoolListener listener) {
        this.servable = servable;
        this.model = model;
        this.options = options;
        this.share = share;
        this.listener = listener;
        this.queue = new JobQueue(options.queueSize(), this::refuseLate);
        this.crew =
                new WorkerGroup(
                        model, id -> new Worker(this, id), () -> queue.size() > 0, listener);
    }

    /**
     * Starts the minimum number of workers and waits until each has made its warm-up prediction.
     *
     * @param servable closed with the pool, or when this fails
     * @param model for messages
     * @throws IllegalStateException when a worker cannot predict
     */
    public static WorkerPool start(
            Servable servable,
            ServedVersion model,
            PoolOptions options,
            CoreLimiter.Share share,
            PoolListener listener) {
        WorkerPool pool = new WorkerPool(servable, model, options, share, listener);
        try {
            pool.scale(options.minWorkers(), options.maxWorkers());
            return pool;
        } catch (IllegalStateException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Changes the number of workers and waits for the warm-up prediction of new ones. Surplus
     * workers stop after their current batch.
     *
     * @throws IllegalStateException when the warm-up of a new worker fails
     */
    public void scale(int min, int max) {
        synchronized (this) {
            options = options.withWorkers(min, max);
        }
        List<CompletableFuture<Void>> warm = crew.scale(min, max);
        if (max == 0) {
            // Nobody would take them, and they would wait until their deadlines.
            queue.clear().forEach(job -> job.refuse(noWorkers()));
        }
        queue.wake();
        try {
            warm.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new IllegalStateException("warm-up: " + e.getCause(), e);
        }
    }

    /**
     * Loads what an explanation needs. Submit the explanation after that.
     *
     * @return fails with a {@link RefusedException} when there is none
     */
    public CompletableFuture<Void> readyToExplain(ExplanationRequest wish) {
        return servable.explainer().load(wish.options().method()).thenApply(ready -> null);
    }

    /**
     * Queues pictures of one kind, all or none.
     *
     * @return false when the pool is closed because another has replaced it
     * @throws RefusedException when the queue is full or too small for them, the expected wait is
     *     too long, or there are no workers
     */
    public boolean submit(List<Job> more) throws RefusedException {
        boolean isBackground = more.stream().allMatch(Job::isBackground);
        boolean isExplained = !isBackground && more.stream().allMatch(Job::isExplained);
        synchronized (this) {
            if (!isOpen) {
                return false;
            }
            admit(more, isBackground, isExplained);
            jobs += more.size();
            clients += isBackground || isExplained ? 0 : more.size();
            explained += isExplained ? more.size() : 0;
        }
        for (Job job : more) {
            job.prediction().whenComplete((done, failure) -> answered(job, done));
        }
        if (!isBackground && !isExplained) {
            share.hurry();
        }
        if (queue.size() > queue.takers()) {
            crew.grow();
        }
        return true;
    }

    private void admit(List<Job> more, boolean isBackground, boolean isExplained)
            throws RefusedException {
        if (options.maxWorkers() == 0) {
            throw new RefusedException(noWorkers());
        }
        if (more.size() > options.queueSize()) {
            throw new RefusedException(tooMany(more.size()));
        }
        // Nobody waits for the background. Where a worker is free, the only way to learn how long a
        // picture takes is to take one.
        if (isExplained && clients + explained >= options.maxWorkers()) {
            admit(more, expectedToExplain, queue.explained(), 1);
        } else if (!isBackground && !isExplained && !isWorkerFree()) {
            admit(more, expected, queue.clients(), options.maxWorkers());
        }
        if (!queue.offer(more)) {
            throw new RefusedException(later(Kind.QUEUE_FULL, expectedWait()));
        }
    }

    private void admit(List<Job> more, ExpectedWait waits, int waiting, int workers)
            throws RefusedException {
        Duration first = waits.after(waiting, workers);
        Duration last = waits.after(waiting + more.size() - 1, workers);
        Duration longest = last.compareTo(options.maxWait()) > 0 ? last : options.maxWait();
        for (Job job : more) {
            Duration timeout = job.timeout();
            boolean isTooLate =
                    timeout == null
                            ? first.compareTo(options.maxWait()) > 0
                            : last.plus(waits.ofOne()).compareTo(timeout) > 0;
            if (isTooLate) {
                throw new RefusedException(later(Kind.OVERLOADED, first));
            }
            if (timeout == null) {
                job.isLateAfter(Duration.ofNanos((long) (LATE * longest.toNanos())));
            }
        }
    }

    private Refusal noWorkers() {
        return new Refusal(Kind.NO_WORKERS, "All model workers has been shutdown: " + model.name());
    }

    /** Whoever came again with them would be refused for ever. */
    private Refusal tooMany(int pictures) {
        return Refusal.badRequest(
                "pictures: %d (expected: at most %d in a request, the job_queue_size of %s)"
                        .formatted(pictures, options.queueSize(), model.name()));
    }

    /**
     * Refuses a picture that has waited longer than estimated on arrival. The queue is locked
     * meanwhile.
     */
    private void refuseLate(Job job) {
        CompletableFuture.runAsync(() -> job.refuse(later(Kind.OVERLOADED, expectedWait())));
    }

    /**
     * Said in DJL Serving's words. Those who are told to come again are to come one by one, while
     * what waits now is worked off and as long again, and not all at once when it is.
     */
    private Refusal later(Kind kind, Duration wait) {
        long nanos = wait.toNanos();
        long spread = ThreadLocalRandom.current().nextLong(Math.max(nanos, SPREAD.toNanos()) + 1);
        return Refusal.later(
                kind,
                "Worker queue capacity exceeded for model: " + model.name(),
                Duration.ofNanos(nanos + spread));
    }

    private synchronized void answered(Job job, @Nullable Prediction done) {
        jobs--;
        clients -= job.isBackground() || job.isExplained() ? 0 : 1;
        explained -= job.isExplained() ? 1 : 0;
        if (done != null) {
            long own = done.preprocess().toNanos() + done.inference().toNanos() / done.batch();
            ExplanationResult more = done.explained();
            if (more == null) {
                expected.answered(System.nanoTime(), own, queue.clients() > 0);
            } else {
                own += more.time().toNanos();
                expectedToExplain.answered(System.nanoTime(), own, queue.explained() > 0);
            }
        }
        notifyAll();
    }

    void computed(int pictures) {
        listener.batch(model, pictures);
    }

    /** Whether all the workers that there must be live and are warm, and not all are stuck. */
    public boolean isHealthy() {
        return isHealthy(System.nanoTime());
    }

    boolean isHealthy(long nowNanos) {
        return crew.isHealthy(nowNanos);
    }

    /** A worker of the pool. */
    public record WorkerState(int id, Instant startTime, boolean isReady) {}

    /** The oldest first. */
    public List<WorkerState> workers() {
        return crew.states().stream()
                .map(each -> new WorkerState(each.id(), each.startTime(), each.isReady()))
                .toList();
    }

    public synchronized PoolOptions options() {
        return options;
    }

    /** Number of queued pictures. */
    public int waiting() {
        return queue.size();
    }

    /** The expected queueing time of a new picture. */
    public synchronized Duration expectedWait() {
        int workers = options.maxWorkers();
        return workers == 0 || isWorkerFree()
                ? Duration.ZERO
                : expected.after(queue.clients(), workers);
    }

    private boolean isWorkerFree() {
        return clients < options.maxWorkers();
    }

    public Device device() {
        return servable.device();
    }

    /** The loaded model. */
    public Servable servable() {
        return servable;
    }

    ServedVersion model() {
        return model;
    }

    JobQueue queue() {
        return queue;
    }

    WorkerGroup crew() {
        return crew;
    }

    CoreLimiter.Share share() {
        return share;
    }

    /**
     * Closes the pool after answering the jobs that it has.
     *
     * @param timeout after which the remaining jobs are refused
     */
    public void drain(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (this) {
            isOpen = false;
            while (jobs > 0 && System.nanoTime() < deadline) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
        }
        close();
    }

    /** Stops the workers after their current batch and refuses the queued jobs. */
    @Override
    public void close() {
        synchronized (this) {
            isOpen = false;
        }
        queue.close().forEach(job -> job.refuse(Refusal.stopping()));
        if (crew.close()) {
            servable.close();
        } else {
            // The engine crashes when its arrays go while it computes with them.
            logger.warn("{}: a worker is still predicting, so the model stays open", model);
        }
    }
}
