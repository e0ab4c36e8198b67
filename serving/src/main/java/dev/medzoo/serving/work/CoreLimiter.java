package dev.medzoo.serving.work;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Limits concurrent inference to the machine's cores, in portions of one worker's engine threads.
 * At most as many workers compute at a time as there are portions, however many workers the models
 * have. So workers times threads never exceed the cores.
 *
 * <p>Scheduling is fair between models: a free portion goes to the waiting model with the least
 * computing time. An idle model saves up no credit: it starts level with the busy ones. What runs
 * in the background gets a portion only while no client waits and, where there are several, another
 * stays free for the next client. Once a client waits behind it, it counts as that client's.
 *
 * <p>An explanation gets a portion only while no prediction waits for one, and no other explanation
 * has one, so a prediction waits for the end of at most one. It gives its place up when a
 * prediction comes to the same model, and its time counts for nobody.
 *
 * <p>The portion of a worker that is stuck counts as free, so that one model's stuck workers do not
 * stop the others.
 */
public final class CoreLimiter {
    /** How often waiting workers check whether the holder of a portion is stuck. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Ticket> waiting = new ArrayList<>();
    private final List<Holder> holders = new ArrayList<>();
    private final int portions;
    private int free;

    /** Whether an explanation holds a portion. */
    private boolean isExplaining;

    /** The smallest computing time among the busy models. */
    private long floorNanos;

    /** A worker that acquires and releases portions. */
    interface Holder {
        /** Whether it holds a portion for work that nobody waits for. */
        boolean isStuck();
    }

    /** The first goes first. */
    private enum Work {
        PREDICTION,
        EXPLANATION,
        BACKGROUND
    }

    private final class Ticket {
        private final Share share;
        private Work work;
        private final Condition granted = lock.newCondition();
        private boolean isGranted;
        private boolean isWithdrawn;

        Ticket(Share share, Work work) {
            this.share = share;
            this.work = work;
        }
    }

    /** The computing time of one model. */
    public final class Share {
        private long usedNanos;
        private int active;

        private Share() {}

        /**
         * Waits for a portion.
         *
         * @param background whether no client waits for the work or is queued behind it
         */
        void acquire(BooleanSupplier background) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                // Asked under the lock, so that no client comes between this and hurry().
                await(background.getAsBoolean() ? Work.BACKGROUND : Work.PREDICTION);
            } finally {
                lock.unlock();
            }
        }

        /**
         * Waits for a portion for an explanation.
         *
         * @param isFirst tells whether no prediction waits for the worker
         * @return false when one does, or comes while this waits: then there is no portion
         */
        boolean acquireToExplain(BooleanSupplier isFirst) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                return isFirst.getAsBoolean() && await(Work.EXPLANATION);
            } finally {
                lock.unlock();
            }
        }

        /** Whether it is granted, and not withdrawn. */
        private boolean await(Work work) throws InterruptedException {
            if (active == 0) {
                usedNanos = Math.max(usedNanos, floorNanos);
            }
            active++;
            Ticket ticket = new Ticket(this, work);
            waiting.add(ticket);
            grant();
            try {
                while (!ticket.isGranted && !ticket.isWithdrawn) {
                    if (ticket.granted.awaitNanos(LOOK_NANOS) <= 0) {
                        grant();
                    }
                }
                return ticket.isGranted;
            } catch (InterruptedException e) {
                if (ticket.isGranted) {
                    giveBack(work);
                } else if (!ticket.isWithdrawn) {
                    waiting.remove(ticket);
                    active--;
                }
                grant();
                throw e;
            }
        }

        private void giveBack(Work work) {
            active--;
            free++;
            if (work == Work.EXPLANATION) {
                isExplaining = false;
            }
        }

        /** A prediction has come: what else of this share waits is in its way. */
        void hurry() {
            lock.lock();
            try {
                for (Ticket ticket : List.copyOf(waiting)) {
                    if (ticket.share == this && ticket.work == Work.EXPLANATION) {
                        waiting.remove(ticket);
                        active--;
                        ticket.isWithdrawn = true;
                        ticket.granted.signal();
                    } else if (ticket.share == this) {
                        ticket.work = Work.PREDICTION;
                    }
                }
                grant();
            } finally {
                lock.unlock();
            }
        }

        /** The cores of which this is a share. */
        CoreLimiter cores() {
            return CoreLimiter.this;
        }

        /**
         * Gives the portion back.
         *
         * @param nanos for which it was held
         */
        void release(long nanos) {
            lock.lock();
            try {
                usedNanos += nanos;
                giveBack(Work.PREDICTION);
                grant();
            } finally {
                lock.unlock();
            }
        }

        /** Gives back the portion of {@link #acquireToExplain}. */
        void releaseExplained() {
            lock.lock();
            try {
                giveBack(Work.EXPLANATION);
                grant();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Creates a limiter.
     *
     * @param cores of this machine that the models may use
     * @param threads of the engine for each worker, at most as many
     */
    public CoreLimiter(int cores, int threads) {
        if (threads < 1 || threads > cores) {
            throw new IllegalArgumentException(
                    "threads: %d (expected: 1..%d, the number of cores)".formatted(threads, cores));
        }
        portions = cores / threads;
        free = portions;
    }

    /** Counts the holder's portion as free while it is stuck, until {@link #leave}. */
    void join(Holder holder) {
        lock.lock();
        try {
            holders.add(holder);
        } finally {
            lock.unlock();
        }
    }

    /** The holder has no portion, and acquires none any more. */
    void leave(Holder holder) {
        lock.lock();
        try {
            holders.remove(holder);
        } finally {
            lock.unlock();
        }
    }

    /** How many workers may compute at a time. */
    public int portions() {
        return portions;
    }

    /** Adds a model. */
    public Share share() {
        return new Share();
    }

    private void grant() {
        Optional<Ticket> next = next();
        while (next.isPresent()) {
            Ticket ticket = next.get();
            waiting.remove(ticket);
            free--;
            isExplaining |= ticket.work == Work.EXPLANATION;
            floorNanos = Math.max(floorNanos, ticket.share.usedNanos);
            ticket.isGranted = true;
            ticket.granted.signal();
            next = next();
        }
    }

    private Optional<Ticket> next() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        long left = free + holders.stream().filter(Holder::isStuck).count();
        if (left <= 0) {
            return Optional.empty();
        }
        Optional<Ticket> first = least(Work.PREDICTION);
        if (first.isEmpty() && !isExplaining) {
            first = least(Work.EXPLANATION);
        }
        boolean spare = left > 1 || portions == 1;
        return first.isPresent() || !spare ? first : least(Work.BACKGROUND);
    }

    /** Ties are broken by order of arrival. */
    private Optional<Ticket> least(Work work) {
        return waiting.stream()
                .filter(ticket -> ticket.work == work)
                .min(Comparator.comparingLong(ticket -> ticket.share.usedNanos));
    }
}
