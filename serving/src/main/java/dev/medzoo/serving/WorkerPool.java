package dev.medzoo.serving;

import ai.djl.Device;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue of one model version, first in first out, and the threads that work it off. */
final class WorkerPool implements AutoCloseable {
    static final String HEALTHY = "Healthy";

    private static final Logger logger = LoggerFactory.getLogger(WorkerPool.class);
    private static final long JOIN_SECONDS = 10;

    private final ZooModel<Image, Finding> model;
    private final String reference;
    private final int queueSize;
    private final BlockingQueue<Job> queue;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Instant startTime = Instant.now();

    private WorkerPool(ZooModel<Image, Finding> model, String reference, int queueSize) {
        this.model = model;
        this.reference = reference;
        this.queueSize = queueSize;
        this.queue = new ArrayBlockingQueue<>(queueSize);
    }

    /**
     * Starts the workers and waits until each has predicted once.
     *
     * @param model closed with the pool, or when this fails
     * @param reference of the model, for messages
     * @throws IllegalStateException when a worker cannot predict
     */
    static WorkerPool start(
            ZooModel<Image, Finding> model, String reference, int workers, int queueSize) {
        WorkerPool pool = new WorkerPool(model, reference, queueSize);
        try {
            pool.grow(workers);
            return pool;
        } catch (IllegalStateException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Starts as many workers as are missing and waits until each has predicted once.
     *
     * @param workers that there should be; more than that stay
     * @throws IllegalStateException when a new one cannot predict
     */
    void grow(int workers) {
        List<CompletableFuture<Finding>> warm = new ArrayList<>();
        for (int i = threads.size(); i < workers; i++) {
            Worker worker = new Worker(model, reference, queue);
            Thread thread = new Thread(worker, reference + "#" + i);
            threads.add(thread);
            warm.add(worker.warm());
            thread.start();
        }
        try {
            warm.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new IllegalStateException("warm-up: " + e.getCause(), e);
        }
    }

    /**
     * Queues a request.
     *
     * @throws RefusedException when the queue is full
     */
    CompletableFuture<Finding> submit(Request request) throws RefusedException {
        Job job = new Job(request, new CompletableFuture<>());
        if (!queue.offer(job)) {
            String name = reference.replaceFirst("/.*", "");
            throw new RefusedException(new Refusal.QueueFull(name));
        }
        return job.finding();
    }

    /** {@value #HEALTHY} when all workers live, in DJL Serving's words. */
    String health() {
        return threads.stream().allMatch(Thread::isAlive) ? HEALTHY : "Unhealthy";
    }

    /** One entry a worker: whether it lives. */
    List<Boolean> workers() {
        return threads.stream().map(Thread::isAlive).toList();
    }

    int queueSize() {
        return queueSize;
    }

    int waiting() {
        return queue.size();
    }

    Instant startTime() {
        return startTime;
    }

    Device device() {
        return model.getNDManager().getDevice();
    }

    /** Ends the workers after the job they have in hand; the queue's jobs are refused. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        List<Job> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(job -> job.refuse(new Refusal.Stopping()));
        if (join()) {
            model.close();
        } else {
            // The engine crashes when its arrays go while it computes with them.
            logger.warn("{}: a worker is still predicting, so the model stays open", reference);
        }
    }

    private boolean join() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
        try {
            for (Thread thread : threads) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
