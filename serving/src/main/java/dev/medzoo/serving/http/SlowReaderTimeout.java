package dev.medzoo.serving.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client takes a large answer too slowly, for it holds the answer and a
 * place. Half a minute at a time is looked at, so that a pause does no harm.
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
     * Watches one answer until it is out.
     *
     * @param sent completed then
     * @param bytesPerSecond that the client has to take; 0 for any
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
