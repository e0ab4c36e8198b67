package dev.medzoo.serving.http;

import java.time.Duration;

/** Counts requests in flight, so that a shutdown can wait for them. */
public final class InFlight {
    private int requests;
    private boolean leaving;
    private boolean stopping;

    public synchronized void begin() {
        requests++;
    }

    public synchronized void end() {
        requests--;
        if (requests == 0) {
            notifyAll();
        }
    }

    /**
     * Says that the server is about to stop, and waits. Meanwhile requests are answered, but the
     * server is not ready, and every response ends its connection, so that clients go elsewhere.
     *
     * @param time until they have; it ends early when this thread is interrupted
     */
    public synchronized void leave(Duration time) {
        leaving = true;
        long deadline = System.nanoTime() + time.toNanos();
        long millis = time.toMillis();
        while (millis > 0) {
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }

    /** Whether the server is about to stop, or stops. */
    public synchronized boolean isLeaving() {
        return leaving || stopping;
    }

    /** From now on every request is refused. */
    public synchronized void stop() {
        stopping = true;
    }

    public synchronized boolean isStopping() {
        return stopping;
    }

    /**
     * Waits until no request is in flight.
     *
     * @return how many are still in flight after that time or when this thread is interrupted
     */
    public synchronized int awaitNone(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (requests > 0) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (millis <= 0) {
                break;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return requests;
    }
}
