package dev.medzoo.serving.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a client takes to send, on its channel's event loop. It pauses while the server
 * itself does not read.
 */
final class RequestClock {
    private final long limitNanos;
    private final Runnable expired;
    private @Nullable ScheduledFuture<?> alarm;
    private long leftNanos;
    private boolean paused;

    /**
     * Creates a stopped clock.
     *
     * @param expired run once on timeout
     */
    RequestClock(Duration limit, Runnable expired) {
        this.limitNanos = limit.toNanos();
        this.expired = expired;
    }

    /** Begins with all of the time, unless it has begun. */
    void start(ChannelHandlerContext context) {
        if (alarm == null && !paused) {
            schedule(context, limitNanos);
        }
    }

    void stop() {
        paused = false;
        cancel();
    }

    /** To be called after each read: the server may want no more for now. */
    void pauseUnlessReading(ChannelHandlerContext context) {
        if (alarm != null && !context.channel().config().isAutoRead()) {
            leftNanos = alarm.getDelay(TimeUnit.NANOSECONDS);
            cancel();
            paused = true;
        }
    }

    /** To be called before each read. */
    void resume(ChannelHandlerContext context) {
        if (paused) {
            paused = false;
            schedule(context, leftNanos);
        }
    }

    private void schedule(ChannelHandlerContext context, long nanos) {
        alarm = context.executor().schedule(() -> ring(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void ring(ChannelHandlerContext context) {
        alarm = null;
        if (context.channel().config().isAutoRead()) {
            expired.run();
        } else {
            // Nobody saw since when; the client is not to suffer for it.
            leftNanos = limitNanos;
            paused = true;
        }
    }

    private void cancel() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
