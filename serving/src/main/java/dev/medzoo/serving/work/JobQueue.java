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
 * Jobs in the order in which they came, at most so many. Jobs that nobody wants take no room.
 * Explanations come after all predictions, and those that no client waits for come last; neither
 * takes room from what comes before it.
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
     * @param late is given what has waited too long, in place of a worker
     */
    JobQueue(int capacity, Consumer<Job> late) {
        this.capacity = capacity;
        this.late = late;
    }

    /** Adds all of them, or none when there is no room for all. */
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

    /** Takes one back, to be the next of its kind. */
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
     * @return null when none came in that time, or {@link #wake} was called
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
     * Adds to a batch what clients wait for, and waits for more.
     *
     * @param size of the full batch
     * @param wait for the rest, all in all
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

    /** Whether a worker should have it. */
    private boolean isDue(Job job) {
        if (job.isWanted() && job.isLate()) {
            late.accept(job);
            return false;
        }
        return job.isWanted();
    }

    /** How many predictions clients wait for. */
    int clients() {
        lock.lock();
        try {
            return wanted(clients);
        } finally {
            lock.unlock();
        }
    }

    /** How many explanations they wait for. */
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
     * Takes no more jobs.
     *
     * @return those that are left
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
