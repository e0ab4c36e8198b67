package dev.medzoo.serving.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client reads a large response too slowly, since it holds memory and a
 * connection slot. The rate is measured over half a minute, so that a pause does no harm.
 */
final class SlowReaderTimeout {
    static final long WINDOW_SECONDS = 30;

    private final ChannelHandlerContext context;
    private final ChunkedInput<?> answer;
    private final long bytesEachTime;
    private long before;

    private SlowReaderTimeout(
            ChannelHandlerContext context, ChunkedInput<?> answer, long bytesEachTime) {
        this.context = context;
        this.answer = answer;
        this.bytesEachTime = bytesEachTime;
    }

    /**
     * Monitors one response until it is sent.
     *
     * @param sent completed then
     * @param bytesPerSecond minimum rate; 0 for no minimum
     */
    @SuppressWarnings("FutureReturnValueIgnored") // A watch that fails closes nothing.
    static void watch(
            ChannelHandlerContext context,
            ChunkedInput<?> answer,
            ChannelFuture sent,
            int bytesPerSecond) {
        if (bytesPerSecond == 0) {
            return;
        }
        SlowReaderTimeout rate =
                new SlowReaderTimeout(context, answer, bytesPerSecond * WINDOW_SECONDS);
        ScheduledFuture<?> looks =
                context.executor()
                        .scheduleAtFixedRate(
                                rate::look, WINDOW_SECONDS, WINDOW_SECONDS, TimeUnit.SECONDS);
        sent.addListener(done -> looks.cancel(false));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whether closing fails changes nothing here.
    private void look() {
        long now = answer.progress();
        if (now - before < bytesEachTime) {
            context.close();
        }
        before = now;
    }
}
