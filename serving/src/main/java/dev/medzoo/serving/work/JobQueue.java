package dev.medzoo.serving.work;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Jobs in the order in which they came, at most so many. Jobs that nobody wants take no room. */
final class JobQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Job> jobs = new ArrayDeque<>();
    private final int capacity;
    private int takers;
    private int wakes;
    private boolean closed;

    JobQueue(int capacity) {
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    /** Adds all of them, or none when there is no room for all. */
    boolean offer(List<Job> more) {
        lock.lock();
        try {
            if (jobs.size() + more.size() > capacity) {
                jobs.removeIf(job -> !job.isWanted());
            }
            if (closed || jobs.size() + more.size() > capacity) {
                return false;
            }
            jobs.addAll(more);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next job, waiting for one.
     *
     * @return null when none came in that time, or {@link #wake} was called
     */
    @Nullable Job take(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        takers++;
        try {
            long left = wait.toNanos();
            int before = wakes;
            Job next = next();
            while (next == null && left > 0 && wakes == before) {
                left = changed.awaitNanos(left);
                next = next();
            }
            return next;
        } finally {
            takers--;
            lock.unlock();
        }
    }

    /**
     * Adds to a batch what is there, and waits for more.
     *
     * @param size of the full batch
     * @param wait for the rest, all in all
     */
    void fill(List<Job> batch, int size, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (batch.size() < size) {
                Job next = next();
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

    private @Nullable Job next() {
        Job next = jobs.poll();
        while (next != null && !next.isWanted()) {
            next = jobs.poll();
        }
        return next;
    }

    /** How many wait. */
    int size() {
        lock.lock();
        try {
            return (int) jobs.stream().filter(Job::isWanted).count();
        } finally {
            lock.unlock();
        }
    }

    /** How many workers wait for a job. */
    int takers() {
        lock.lock();
        try {
            return takers;
        } finally {
            lock.unlock();
        }
    }

    /** Lets every waiting worker look around. */
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
     * Lets go of every job.
     *
     * @return those that there were
     */
    List<Job> clear() {
        lock.lock();
        try {
            List<Job> left = new ArrayList<>(jobs);
            jobs.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more jobs.
     *
     * @return those that are left
     */
    List<Job> close() {
        lock.lock();
        try {
            closed = true;
            List<Job> left = new ArrayList<>(jobs);
            jobs.clear();
            wakes++;
            changed.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
