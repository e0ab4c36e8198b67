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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of one version of a model, first in first out, and the workers that work it off. There
 * are more of them while jobs wait, up to the most that the options allow. What would wait too long
 * is refused at once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What completes a job does not throw.
public final class WorkerPool implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(WorkerPool.class);

    /** How fast the mean time of a picture forgets: a tenth with every picture. */
    private static final double NEW = 0.1;

    /**
     * How much of a picture's time one more may wait under a load that lasts. Below, workers would
     * idle; above, the wait and a slow picture before it add up to more than a client expects.
     */
    private static final double SOON = 0.9;

    private final Servable servable;
    private final String reference;
    private final Cores.Share share;
    private final PoolWatch watch;
    private final JobQueue queue;
    private final Crew crew;
    private PoolOptions options;
    private Admission admission;
    private int jobs;
    private double meanNanos;
    private boolean isOpen = true;

    private WorkerPool(
            Servable servable,
            String reference,
            PoolOptions options,
            Cores.Share share,
            PoolWatch watch) {
        this.servable = servable;
        this.reference = reference;
        this.options = options;
        this.share = share;
        this.watch = watch;
        this.queue = new JobQueue(options.queueSize());
        this.crew = new Crew(reference, id -> new Worker(this, id), () -> queue.size() > 0, watch);
        this.admission = new Admission(options.maxWorkers(), options.queueSize());
    }

    /**
     * Starts the least of workers and waits until each has predicted once.
     *
     * @param servable closed with the pool, or when this fails
     * @param reference of the model, {@code name/version}, for messages
     * @throws IllegalStateException when a worker cannot predict
     */
    public static WorkerPool start(
            Servable servable,
            String reference,
            PoolOptions options,
            Cores.Share share,
            PoolWatch watch) {
        WorkerPool pool = new WorkerPool(servable, reference, options, share, watch);
        try {
            pool.scale(options.minWorkers(), options.maxWorkers());
            return pool;
        } catch (IllegalStateException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Changes how many workers there may be, and waits until new ones have predicted once. Those
     * that are too many go after the batch that they have in hand.
     *
     * @throws IllegalStateException when a new one cannot predict
     */
    public void scale(int min, int max) {
        synchronized (this) {
            options = options.withWorkers(min, max);
            admission = new Admission(max, options.queueSize());
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
     * Queues pictures, all or none.
     *
     * @return false when the pool takes no more, as another one has its place
     * @throws RefusedException when there are too many, or nobody works here
     */
    public boolean submit(List<Job> more) throws RefusedException {
        boolean isBackground = more.stream().allMatch(Job::isBackground);
        @Nullable Admission admitting;
        synchronized (this) {
            if (!isOpen) {
                return false;
            }
            // How long the background waits says nothing about clients.
            admitting = options.isAdaptive() && !isBackground ? admission : null;
            admit(more, admitting);
            jobs += more.size();
        }
        for (Job job : more) {
            job.prediction().whenComplete((done, failure) -> answered(admitting, job, done));
        }
        if (!isBackground) {
            share.hurry();
        }
        if (queue.size() > queue.takers()) {
            crew.grow();
        }
        return true;
    }

    private void admit(List<Job> more, @Nullable Admission admitting) throws RefusedException {
        if (options.maxWorkers() == 0) {
            throw new RefusedException(noWorkers());
        }
        if (admitting != null && !admitting.admit(more.size(), this::isSoonTaken)) {
            throw tooMany(Kind.OVERLOADED);
        }
        if (!queue.offer(more)) {
            if (admitting != null) {
                more.forEach(job -> admitting.dropped());
            }
            throw tooMany(Kind.QUEUE_FULL);
        }
    }

    /** Whether a worker will be free for one more within {@link #SOON}. */
    private boolean isSoonTaken() {
        long picture = (long) meanNanos;
        return crew.nanosUntilFree(picture, queue.clients()) <= SOON * picture;
    }

    private Refusal noWorkers() {
        return new Refusal(
                Kind.NO_WORKERS, "All model workers has been shutdown: " + nameOf(reference));
    }

    /** The name in {@code name/version}, or what is a name alone. */
    public static String nameOf(String reference) {
        int end = reference.indexOf('/');
        return end < 0 ? reference : reference.substring(0, end);
    }

    /** Said in DJL Serving's words; when to come again, the queue tells. */
    private RefusedException tooMany(Kind kind) {
        int busy = Math.max(1, crew.size());
        Duration wait = Duration.ofNanos((long) (meanNanos * (queue.size() + 1) / busy));
        return new RefusedException(
                Refusal.later(
                        kind,
                        "Worker queue capacity exceeded for model: " + nameOf(reference),
                        wait));
    }

    private synchronized void answered(
            @Nullable Admission admitting, Job job, @Nullable Prediction done) {
        if (admitting != null && done == null) {
            admitting.dropped();
        } else if (admitting != null) {
            admitting.answered(Duration.ofNanos(System.nanoTime() - job.arrivedNanos()));
        }
        if (done != null) {
            long nanos = done.preprocess().toNanos() + done.inference().toNanos() / done.batch();
            meanNanos = meanNanos == 0 ? nanos : (1 - NEW) * meanNanos + NEW * nanos;
        }
        jobs--;
        notifyAll();
    }

    void computed(int pictures) {
        watch.batch(reference, pictures);
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

    /** Pictures that wait. */
    public int waiting() {
        return queue.size();
    }

    /** Pictures that may be under way at once. */
    public synchronized int concurrencyLimit() {
        return options.isAdaptive()
                ? admission.limit()
                : options.queueSize() + options.maxWorkers();
    }

    public Device device() {
        return servable.device();
    }

    /** The loaded model. */
    public Servable servable() {
        return servable;
    }

    String reference() {
        return reference;
    }

    JobQueue queue() {
        return queue;
    }

    Crew crew() {
        return crew;
    }

    Cores.Share share() {
        return share;
    }

    /**
     * Takes no more jobs, answers those that it has, and closes.
     *
     * @param timeout after which the rest is refused
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

    /** Ends the workers after the batch they have in hand; the queue's jobs are refused. */
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
            logger.warn("{}: a worker is still predicting, so the model stays open", reference);
        }
    }
}
