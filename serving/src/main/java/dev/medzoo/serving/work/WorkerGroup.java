package dev.medzoo.serving.work;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * The workers of a pool, between the minimum and the maximum. Surplus workers stop after the idle
 * time. A worker that dies is replaced.
 */
final class WorkerGroup {
    private static final long JOIN_SECONDS = 10;
    private static final long REPLACE_SECONDS = 1;

    private final ServedVersion model;
    private final IntFunction<Worker> hire;
    private final BooleanSupplier hasWork;
    private final PoolListener listener;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private int min;
    private int max;
    private int nextId = 1;
    private boolean closed;

    /** The state of one worker, for monitoring. */
    record State(int id, Instant startTime, boolean isReady) {}

    /**
     * @param model for names and messages
     * @param hire creates a worker with that id
     * @param hasWork whether jobs wait
     */
    WorkerGroup(
            ServedVersion model,
            IntFunction<Worker> hire,
            BooleanSupplier hasWork,
            PoolListener listener) {
        this.model = model;
        this.hire = hire;
        this.hasWork = hasWork;
        this.listener = listener;
    }

    /**
     * Changes the minimum and the maximum.
     *
     * @return for each new worker a future, completed after its warm-up prediction
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

    /** Adds a worker, unless the maximum is reached. */
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

    /** Whether a worker should go on. False when there are more than the maximum. */
    synchronized boolean keeps(Worker worker) {
        if (workers.size() > max) {
            workers.remove(worker);
        }
        return !closed && workers.contains(worker);
    }

    /** Called by a worker that was idle for the whole idle time. */
    synchronized void idle(Worker worker) {
        if (workers.size() > min) {
            workers.remove(worker);
        }
    }

    /** Called when a worker's thread ends. */
    synchronized void ended(Worker worker, boolean died) {
        workers.remove(worker);
        if (!died || closed) {
            return;
        }
        listener.died(model);
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

    /** Whether the minimum number of workers is alive and warm, and not all are stuck. */
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
     * Stops all workers after their current batch.
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
