package dev.medzoo.serving.reload;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Polls files or other sources that may change while the server runs. An invalid new state changes
 * nothing and is logged once per reason. Only one thread polls at a time.
 */
public final class Reloader implements AutoCloseable {
    private final Source source;
    private final Logger log;
    private final String useless;
    private final String useful;
    private @Nullable ScheduledExecutorService timer;
    private volatile boolean isClosed;
    private String complaint = "";

    /** The polled source. */
    @FunctionalInterface
    public interface Source {
        /**
         * Reads it and applies changes.
         *
         * @throws Exception when it is invalid: the message says why
         */
        void look() throws Exception;
    }

    /**
     * Creates a reloader that does not poll yet.
     *
     * @param log where its owner speaks
     * @param useless what the log says before the reason
     * @param useful what the log says when all is well again
     */
    public Reloader(Source source, Logger log, String useless, String useful) {
        this.source = source;
        this.log = log;
        this.useless = useless;
        this.useful = useful;
    }

    /** Polls at each interval until it is closed, in a thread with that name. */
    @SuppressWarnings("FutureReturnValueIgnored") // Looking never fails.
    public Reloader every(Duration interval, String thread) {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread named = new Thread(task, thread);
                            named.setDaemon(true);
                            return named;
                        });
        long millis = Math.max(1, interval.toMillis());
        started.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        timer = started;
        return this;
    }

    /**
     * Polls on demand, at most once per interval. The first interval begins now.
     *
     * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
     * @return what asks it to; any thread may
     */
    public Runnable atMostEvery(Duration interval, LongSupplier nanos) {
        long between = interval.toNanos();
        AtomicLong next = new AtomicLong(nanos.getAsLong() + between);
        return () -> {
            long now = nanos.getAsLong();
            long due = next.get();
            if (now - due >= 0 && next.compareAndSet(due, now + between)) {
                look();
            }
        };
    }

    private synchronized void look() {
        try {
            source.look();
            if (!complaint.isEmpty()) {
                log.info(useful);
                complaint = "";
            }
        } catch (Exception e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(complaint) && !isClosed) {
                log.warn("{}: {}", useless, why);
                complaint = why;
            }
        }
    }

    /** Stops polling. */
    @Override
    public void close() {
        isClosed = true;
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
