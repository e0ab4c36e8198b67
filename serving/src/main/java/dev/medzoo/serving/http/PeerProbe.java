package dev.medzoo.serving.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Detects a client that has disconnected while nothing more is read from it. To TCP a half-closed
 * connection looks like a closed one, but a closed peer resets on writes. So the probe sends
 * interim responses ({@code 102 Processing}) until the request is answered. After a disconnect the
 * second write fails, and the connection is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here closes the channel.
final class PeerProbe {
    private static final long FIRST_MILLIS = 5;
    private static final long LONGEST_MILLIS = 500;

    private final ChannelHandlerContext context;
    private final BooleanSupplier isAwaited;

    private PeerProbe(ChannelHandlerContext context, BooleanSupplier isAwaited) {
        this.context = context;
        this.isAwaited = isAwaited;
    }

    /**
     * Begins; called on the event loop.
     *
     * @param isAwaited tells whether the response is still pending
     */
    static void start(ChannelHandlerContext context, BooleanSupplier isAwaited) {
        new PeerProbe(context, isAwaited).ask(FIRST_MILLIS);
    }

    /** Begins after half a second, by when most answers have come. */
    static void startLater(ChannelHandlerContext context, BooleanSupplier isAwaited) {
        PeerProbe probe = new PeerProbe(context, isAwaited);
        context.executor()
                .schedule(() -> probe.ask(FIRST_MILLIS), LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ask(long waitMillis) {
        if (!isAwaited.getAsBoolean() || !context.channel().isActive()) {
            return;
        }
        context.writeAndFlush(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.PROCESSING,
                        Unpooled.EMPTY_BUFFER));
        long next = Math.min(LONGEST_MILLIS, 4 * waitMillis);
        context.executor().schedule(() -> ask(next), waitMillis, TimeUnit.MILLISECONDS);
    }
}
