package dev.medzoo.serving.work;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * The workers of a pool, between the least and the most. Those beyond the least go when they were
 * idle for long; one that dies is replaced.
 */
final class WorkerGroup {
    private static final long JOIN_SECONDS = 10;
    private static final long REPLACE_SECONDS = 1;

    private final ServedVersion model;
    private final IntFunction<Worker> hire;
    private final BooleanSupplier hasWork;
    private final PoolListener watch;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private int min;
    private int max;
    private int nextId = 1;
    private boolean closed;

    /** One worker, for those who look in. */
    record State(int id, Instant startTime, boolean isReady) {}

    /**
     * @param model for names and messages
     * @param hire makes a worker with that id
     * @param hasWork whether jobs wait
     */
    WorkerGroup(
            ServedVersion model,
            IntFunction<Worker> hire,
            BooleanSupplier hasWork,
            PoolListener watch) {
        this.model = model;
        this.hire = hire;
        this.hasWork = hasWork;
        this.watch = watch;
    }

    /**
     * Changes how many there may be.
     *
     * @return for each new one a future that is completed when it has predicted once
     */
    synchronized List<CompletableFuture<Void>> scale(int least, int most) {
        min = least;
        max = most;
        List<CompletableFuture<Void>> warm = new ArrayList<>();
        while (!closed && workers.size() < min) {
            warm.add(start().warm());
        }
        return warm;
    }

    /** Adds a worker, if there may be one more. */
    synchronized void grow() {
        if (!closed && workers.size() < max) {
            start();
        }
    }

    private Worker start() {
        Worker worker = hire.apply(nextId++);
        Thread thread = new Thread(worker, model + "#" + worker.id());
        workers.add(worker);
        threads.removeIf(each -> each.getState() == Thread.State.TERMINATED);
        threads.add(thread);
        thread.start();
        return worker;
    }

    /** Whether a worker should go on: there are not too many. */
    synchronized boolean keeps(Worker worker) {
        if (workers.size() > max) {
            workers.remove(worker);
        }
        return !closed && workers.contains(worker);
    }

    /** A worker had nothing to do for the idle time. */
    synchronized void idle(Worker worker) {
        if (workers.size() > min) {
            workers.remove(worker);
        }
    }

    /** A worker's thread ends. */
    synchronized void ended(Worker worker, boolean died) {
        workers.remove(worker);
        if (!died || closed) {
            return;
        }
        watch.died(model);
        if (worker.isReady()) {
            replace();
        } else {
            // It could not even begin: not at once again, or it would do nothing but that.
            CompletableFuture.delayedExecutor(REPLACE_SECONDS, TimeUnit.SECONDS)
                    .execute(this::replace);
        }
    }

    private synchronized void replace() {
        if (workers.size() < min || hasWork.getAsBoolean()) {
            grow();
        }
    }

    synchronized int size() {
        return workers.size();
    }

    /** Whether all that there must be live and are warm, and not all are stuck. */
    synchronized boolean isHealthy(long nowNanos) {
        boolean isOneFree = workers.stream().anyMatch(worker -> !worker.isStuck(nowNanos));
        return workers.stream().filter(Worker::isReady).count() >= min
                && (workers.isEmpty() || isOneFree);
    }

    /** The oldest first. */
    synchronized List<State> states() {
        return workers.stream()
                .map(each -> new State(each.id(), each.startTime(), each.isReady()))
                .toList();
    }

    /**
     * Ends them all after the batch they have in hand.
     *
     * @return whether they have ended
     */
    boolean close() {
        List<Thread> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(threads);
        }
        ending.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
        try {
            for (Thread thread : ending) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ending.stream().noneMatch(Thread::isAlive);
    }
}
