package dev.medzoo.serving.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time to send one complete request, against clients that hold a connection by sending a
 * byte now and then (slowloris). The time starts with the connection, its TLS handshake included,
 * and later with the first byte of each request. On timeout {@link RequestTimeoutEvent} is fired
 * once, and the connection is to be closed.
 *
 * <p>Neither the time in which the server answers, nor that in which it does not read, nor that
 * between two requests counts. What comes of a request while those before it are answered counts
 * from the last answer's end on. When the beginning of a request came in one read with the end of
 * the one before, it counts from the next byte on. A request that is answered before it is complete
 * is measured no more: close its connection.
 *
 * <p>One object a connection. Its two handlers see the bytes and what the codec makes of them:
 *
 * <pre>{@code
 * SlowRequestTimeout slow = new SlowRequestTimeout(Duration.ofSeconds(30));
 * pipeline.addLast(slow.bytes(), sslHandler, new HttpResponseEncoder(), new HttpRequestDecoder(),
 *         slow.messages(), new ChunkedWriteHandler(), connection);
 * }</pre>
 */
public final class SlowRequestTimeout {
    private final RequestClock clock;
    private final Bytes bytes = new Bytes();
    private final Messages messages = new Messages();
    private @Nullable ChannelHandlerContext context;

    /** Complete ones, or those of which the answer has begun. */
    private int unanswered;

    private boolean nextBegun;

    /** The rest of a request that is answered already is still to come. */
    private boolean answeredEarly;

    private boolean over;

    /**
     * A limit.
     *
     * @param limit more than zero
     */
    public SlowRequestTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(
                    "time to send a request: %s (expected: > 0)".formatted(limit));
        }
        clock = new RequestClock(limit, this::expire);
    }

    /** The handler before the codec, and before TLS too. */
    public ChannelHandler bytes() {
        return bytes;
    }

    /** The handler after the codec, and before whatever cuts answers into pieces. */
    public ChannelHandler messages() {
        return messages;
    }

    private final class Bytes extends ChannelDuplexHandler {
        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
            if (added.channel().isActive()) {
                begin();
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            begin();
            active.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext read, Object piece) {
            begin();
            read.fireChannelRead(piece);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext complete) {
            complete.fireChannelReadComplete();
            clock.pauseUnlessReading(complete);
        }

        @Override
        public void read(ChannelHandlerContext reading) {
            clock.resume(reading);
            reading.read();
        }

        @Override
        public void channelInactive(ChannelHandlerContext inactive) {
            end();
            inactive.fireChannelInactive();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext removed) {
            end();
        }
    }

    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext read, Object piece) {
            if (piece instanceof LastHttpContent) {
                requestEnds();
            } else if (piece instanceof HttpObject) {
                begin();
            }
            read.fireChannelRead(piece);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // It is the promise, which the caller has.
        public void write(ChannelHandlerContext writing, Object piece, ChannelPromise promise) {
            boolean interim =
                    piece instanceof HttpResponse head
                            && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (piece instanceof HttpResponse && !interim) {
                answerBegins();
            }
            ChannelPromise written = promise.unvoid();
            if (piece instanceof LastHttpContent && !interim) {
                written.addListener(done -> answerEnds());
            }
            writing.write(piece, written);
        }
    }

    private void begin() {
        if (unanswered > 0) {
            nextBegun = true;
        } else if (!answeredEarly && !over && context != null) {
            clock.start(context);
        }
    }

    private void requestEnds() {
        clock.stop();
        nextBegun = false;
        if (answeredEarly) {
            answeredEarly = false;
        } else {
            unanswered++;
        }
    }

    private void answerBegins() {
        if (unanswered == 0) {
            clock.stop();
            unanswered = 1;
            answeredEarly = true;
        }
    }

    private void answerEnds() {
        unanswered = Math.max(0, unanswered - 1);
        if (unanswered == 0 && nextBegun) {
            nextBegun = false;
            begin();
        }
    }

    private void end() {
        over = true;
        clock.stop();
    }

    private void expire() {
        over = true;
        if (context != null) {
            context.pipeline()
                    .context(messages)
                    .fireUserEventTriggered(RequestTimeoutEvent.INSTANCE);
        }
    }
}
