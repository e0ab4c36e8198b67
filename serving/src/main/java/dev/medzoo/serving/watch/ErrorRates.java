package dev.medzoo.serving.watch;

import dev.medzoo.serving.http.ExchangeListener;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.RequestHead;
import dev.medzoo.serving.refusal.Refusal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Monitors error rates as DJL Serving does: once a limit is exceeded, {@code /ping} returns 503
 * until a restart, so that a load balancer takes the server out.
 */
public final class ErrorRates implements ExchangeListener {
    private final List<Rate> wlm;
    private final List<Rate> server;
    private volatile boolean isExceeded;

    /**
     * A limit of failures per time window.
     *
     * @param most maximum failures in a window
     * @param window duration of consecutive windows
     */
    public record Limit(int most, Duration window) {
        /**
         * Parses DJL Serving's form, such as {@code 10/PT1M}; the default window is a minute.
         *
         * @throws IllegalArgumentException for anything else
         */
        public static Limit parse(String text) {
            String[] parts = text.split("/", 2);
            try {
                int most = Integer.parseInt(parts[0]);
                Duration window =
                        parts.length == 1 ? Duration.ofMinutes(1) : Duration.parse(parts[1]);
                if (most >= 0 && window.compareTo(Duration.ZERO) > 0) {
                    return new Limit(most, window);
                }
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(text, e);
            }
            throw new IllegalArgumentException(text);
        }
    }

    /** Counts against a limit. */
    private static final class Rate {
        private final Limit limit;
        private final LongSupplier nanos;
        private long startNanos;
        private int count;

        Rate(Limit limit, LongSupplier nanos) {
            this.limit = limit;
            this.nanos = nanos;
            this.startNanos = nanos.getAsLong();
        }

        /** Counts a failure, and returns whether the limit is exceeded. */
        synchronized boolean exceeds() {
            long now = nanos.getAsLong();
            if (now - startNanos >= limit.window().toNanos()) {
                startNanos = now;
                count = 0;
            }
            count++;
            return count > limit.most();
        }
    }

    /** Starts without failures, with the limits of the settings. */
    public ErrorRates(WatchSettings limits, LongSupplier nanos) {
        this(limits.workerFailures(), limits.serverFailures(), limits.anyFailures(), nanos);
    }

    /**
     * The same with these limits.
     *
     * @param wlm of requests that no worker could take, or null for none
     * @param server of all others that failed, or null for none
     * @param any of both together, or null for none
     * @param nanos tells the time, as {@link System#nanoTime} does
     */
    ErrorRates(
            @Nullable Limit wlm, @Nullable Limit server, @Nullable Limit any, LongSupplier nanos) {
        Rate together = any == null ? null : new Rate(any, nanos);
        this.wlm = rates(wlm, together, nanos);
        this.server = rates(server, together, nanos);
    }

    private static List<Rate> rates(
            @Nullable Limit own, @Nullable Rate together, LongSupplier nanos) {
        List<Rate> rates = new ArrayList<>();
        if (own != null) {
            rates.add(new Rate(own, nanos));
        }
        if (together != null) {
            rates.add(together);
        }
        return List.copyOf(rates);
    }

    /** Whether a limit was ever exceeded. */
    public boolean isExceeded() {
        return isExceeded;
    }

    @Override
    public void answered(RequestHead head, @Nullable Request request, Reply reply, Duration time) {
        Refusal refusal = reply.refusal();
        if (refusal == null || reply.status() < 500) {
            return;
        }
        for (Rate rate : DjlMetrics.isOfWorkers(refusal.kind()) ? wlm : server) {
            if (rate.exceeds()) {
                isExceeded = true;
            }
        }
    }
}
