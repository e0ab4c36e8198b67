package dev.medzoo.serving.work;

import dev.medzoo.serving.refusal.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded first-in-first-out queue with three priorities: predictions, explanations, background
 * jobs. Cancelled jobs do not count towards its capacity, and a lower priority takes no capacity
 * from a higher one.
 */
final class JobQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Job> clients = new ArrayDeque<>();
    private final Deque<Job> explained = new ArrayDeque<>();
    private final Deque<Job> background = new ArrayDeque<>();
    private final int capacity;
    private final Consumer<Job> late;
    private int takers;
    private int wakes;
    private boolean closed;

    /**
     * @param late receives jobs that have exceeded their maximum wait
     */
    JobQueue(int capacity, Consumer<Job> late) {
        this.capacity = capacity;
        this.late = late;
    }

    /** Adds all jobs, or none when there is no room for all. */
    boolean offer(List<Job> more) {
        lock.lock();
        try {
            Deque<Job> line = line(more);
            if (taken(line) + more.size() > capacity) {
                clients.removeIf(job -> !job.isWanted());
                explained.removeIf(job -> !job.isWanted());
                background.removeIf(job -> !job.isWanted());
            }
            if (closed || taken(line) + more.size() > capacity) {
                return false;
            }
            line.addAll(more);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Deque<Job> line(List<Job> more) {
        if (more.stream().allMatch(Job::isBackground)) {
            return background;
        }
        return more.stream().allMatch(Job::isExplained) ? explained : clients;
    }

    /** Room that is taken from a line: by itself, and by what comes before it. */
    private int taken(Deque<Job> line) {
        int before = line == clients ? 0 : clients.size();
        return before + line.size() + (line == background ? explained.size() : 0);
    }

    /** Puts a job back at the head of its priority. */
    void giveBack(Job job) {
        lock.lock();
        try {
            if (closed) {
                job.refuse(Refusal.stopping());
            } else {
                explained.addFirst(job);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next job, waiting for one.
     *
     * @return null on timeout, or when {@link #wake} was called
     */
    @Nullable Job take(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        takers++;
        try {
            long left = wait.toNanos();
            int before = wakes;
            Job next = nextOfAll();
            while (next == null && left > 0 && wakes == before) {
                left = changed.awaitNanos(left);
                next = nextOfAll();
            }
            return next;
        } finally {
            takers--;
            lock.unlock();
        }
    }

    private @Nullable Job nextOfAll() {
        Job next = next(clients);
        if (next == null) {
            next = next(explained);
        }
        return next == null ? next(background) : next;
    }

    /**
     * Fills a batch with predictions, and waits for more.
     *
     * @param size of the full batch
     * @param wait maximum total time to wait for the rest
     */
    void fill(List<Job> batch, int size, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (batch.size() < size) {
                Job next = next(clients);
                if (next != null) {
                    batch.add(next);
                } else if (left <= 0 || closed) {
                    return;
                } else {
                    left = changed.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Job next(Deque<Job> jobs) {
        Job next = jobs.poll();
        while (next != null && !isDue(next)) {
            next = jobs.poll();
        }
        return next;
    }

    /** Whether a worker should compute it. */
    private boolean isDue(Job job) {
        if (job.isWanted() && job.isLate()) {
            late.accept(job);
            return false;
        }
        return job.isWanted();
    }

    /** Number of queued predictions. */
    int clients() {
        lock.lock();
        try {
            return wanted(clients);
        } finally {
            lock.unlock();
        }
    }

    /** Number of queued explanations. */
    int explained() {
        lock.lock();
        try {
            return wanted(explained);
        } finally {
            lock.unlock();
        }
    }

    /** How many wait. */
    int size() {
        lock.lock();
        try {
            return wanted(clients) + wanted(explained) + wanted(background);
        } finally {
            lock.unlock();
        }
    }

    private static int wanted(Deque<Job> jobs) {
        int wanted = 0;
        for (Job job : jobs) {
            wanted += job.isWanted() ? 1 : 0;
        }
        return wanted;
    }

    /** Number of idle workers. */
    int takers() {
        lock.lock();
        try {
            return takers;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes every idle worker. */
    void wake() {
        lock.lock();
        try {
            wakes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes every job.
     *
     * @return the removed jobs
     */
    List<Job> clear() {
        lock.lock();
        try {
            List<Job> left = new ArrayList<>(clients);
            left.addAll(explained);
            left.addAll(background);
            clients.clear();
            explained.clear();
            background.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the queue for new jobs.
     *
     * @return the remaining jobs
     */
    List<Job> close() {
        lock.lock();
        try {
            closed = true;
            wake();
            return clear();
        } finally {
            lock.unlock();
        }
    }
}
