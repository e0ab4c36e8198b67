package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedStream;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, handled on one event loop. Requests are answered one at a time and in order.
 * Pipelined requests wait, and only a little of them is read ahead. This is the only place that
 * writes a response.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here closes the channel, which is seen.
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger logger = LoggerFactory.getLogger(HttpConnection.class);
    private static final long LINGER_SECONDS = 5;
    private static final int NOT_MODIFIED = 304;
    private static final int PIECE_BYTES = 1 << 16;

    /** Heads and body chunks, of 8 KiB at most, that are read ahead. */
    private static final int MOST_AHEAD = 16;

    private enum State {
        READING,
        ANSWERING,
        /** The last response is sent. Further input is discarded until the client closes. */
        LINGERING
    }

    private final HttpContext shared;
    private final RequestAssembler assembler;
    private final Deque<HttpObject> ahead = new ArrayDeque<>();
    private State state = State.READING;
    private boolean begun;
    private boolean inputEnded;
    private @Nullable Request request;

    /** The request whose client is probed for being connected. */
    private @Nullable Request probed;

    /**
     * @param client at its other end
     */
    HttpConnection(HttpContext shared, Peer client) {
        this.shared = shared;
        this.assembler = new RequestAssembler(shared.limits(), shared.idHeader(), client);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object piece) {
        ahead.add((HttpObject) piece);
        takeAll(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && state != State.ANSWERING) {
            context.close();
        } else if (event == RequestTimeoutEvent.INSTANCE && state == State.READING) {
            Duration allowed = shared.limits().requestTime();
            String message =
                    "request: incomplete (expected: complete within %d s)"
                            .formatted(allowed.toSeconds());
            write(context, null, Reply.refusing(new Refusal(Kind.SLOW_REQUEST, message)));
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnds(context);
        }
    }

    /** The client has half-closed the connection and may still wait for a response. */
    private void inputEnds(ChannelHandlerContext context) {
        inputEnded = true;
        if (state != State.ANSWERING) {
            context.close();
        } else {
            probe(context);
        }
    }

    /**
     * Looks whether the client still waits, where reading does not tell: it has ended its input, or
     * so much of it lies here that no more is read. One of HTTP 1.0 cannot be asked.
     */
    private void probe(ChannelHandlerContext context) {
        Request awaited = request;
        boolean isSilent = inputEnded || ahead.size() >= MOST_AHEAD;
        if (isSilent && awaited != null && awaited != probed && assembler.head().takesInterim()) {
            probed = awaited;
            BooleanSupplier isAwaited = () -> request == awaited;
            if (inputEnded) {
                PeerProbe.start(context, isAwaited);
            } else {
                PeerProbe.startLater(context, isAwaited);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (request != null) {
            request.abandon();
            shared.exchanges().abandoned(request);
        }
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException
                || cause instanceof CodecException
                || cause instanceof ChannelException) {
            logger.debug("connection lost", cause);
        } else {
            logger.error("connection closed after a failure", cause);
        }
        context.close();
    }

    private void takeAll(ChannelHandlerContext context) {
        while (state != State.ANSWERING && !ahead.isEmpty()) {
            HttpObject piece = ahead.remove();
            try {
                if (state == State.READING) {
                    take(context, piece);
                }
            } finally {
                ReferenceCountUtil.release(piece);
            }
        }
        context.channel().config().setAutoRead(ahead.size() < MOST_AHEAD);
        probe(context);
    }

    private void take(ChannelHandlerContext context, HttpObject piece) {
        if (piece instanceof HttpRequest) {
            begin();
        }
        try {
            Optional<Request> complete = assembler.add(piece);
            if (complete.isPresent()) {
                answer(context, complete.get());
            } else if (piece instanceof HttpRequest start
                    && HttpUtil.is100ContinueExpected(start)) {
                context.writeAndFlush(
                        new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                HttpResponseStatus.CONTINUE,
                                Unpooled.EMPTY_BUFFER));
            }
        } catch (RefusedException e) {
            write(context, null, Reply.refusing(e.refusal()));
        }
    }

    private void answer(ChannelHandlerContext context, Request complete) {
        state = State.ANSWERING;
        request = complete;
        shared.router()
                .answer(complete)
                .thenAcceptAsync(reply -> write(context, complete, reply), context.executor())
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                exceptionCaught(context, failure);
                            }
                        });
    }

    /**
     * @param complete what the reply answers, or null when it never became a request
     */
    private void write(ChannelHandlerContext context, @Nullable Request complete, Reply reply) {
        if (complete != null && complete.gone().isDone()) {
            reply.sent().run();
            return;
        }
        state = State.ANSWERING;
        request = null;
        RequestHead head = assembler.head();
        boolean last =
                endsConnection(complete, reply)
                        || !head.keepAlive()
                        || shared.inFlight().isLeaving();
        Duration time = Duration.ofNanos(System.nanoTime() - head.arrivedNanos());
        shared.exchanges().answered(head, complete, reply, time);
        ChannelFuture sent = send(context, head, reply, last);
        sent.addListener(
                written -> {
                    reply.sent().run();
                    end();
                    if (!last) {
                        state = State.READING;
                    } else if (!inputEnded && (complete == null || !ahead.isEmpty())) {
                        linger(context);
                    } else {
                        context.close();
                    }
                    takeAll(context);
                    if (inputEnded && state == State.READING) {
                        context.close();
                    }
                });
    }

    /**
     * A refusal closes the connection, as in DJL Serving, unless it asks the client to retry: a new
     * connection would cost more than the refusal.
     */
    private static boolean endsConnection(@Nullable Request complete, Reply reply) {
        boolean comesAgain = complete != null && (reply.status() == 429 || reply.status() == 503);
        return reply.status() >= 400 && !comesAgain;
    }

    /**
     * A small answer in one piece; a large one a piece at a time, so that a slow client costs no
     * second copy of it. None of a body where only the head is asked for, or the client has it.
     */
    private ChannelFuture send(
            ChannelHandlerContext context, RequestHead head, Reply reply, boolean last) {
        HttpResponseStatus status = HttpResponseStatus.valueOf(reply.status());
        HttpHeaders headers = headers(head, reply, last);
        ByteBuf body =
                head.method().equals("HEAD") || reply.status() == NOT_MODIFIED
                        ? Unpooled.EMPTY_BUFFER
                        : Unpooled.wrappedBuffer(reply.body());
        if (body.readableBytes() <= PIECE_BYTES) {
            return context.writeAndFlush(
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            status,
                            body,
                            headers,
                            EmptyHttpHeaders.INSTANCE));
        }
        context.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers));
        HttpChunkedInput large =
                new HttpChunkedInput(new ChunkedStream(new ByteBufInputStream(body), PIECE_BYTES));
        ChannelFuture sent = context.writeAndFlush(large);
        SlowReaderTimeout.watch(context, large, sent, shared.limits().leastDownloadRate());
        return sent;
    }

    private HttpHeaders headers(RequestHead head, Reply reply, boolean last) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        if (!reply.headers().containsKey("cache-control")) {
            headers.set(HttpHeaderNames.PRAGMA, "no-cache");
            headers.set(
                    HttpHeaderNames.CACHE_CONTROL, "no-cache; no-store, must-revalidate, private");
            headers.set(HttpHeaderNames.EXPIRES, "Thu, 01 Jan 1970 00:00:00 UTC");
        }
        shared.everyReply().forEach(headers::set);
        reply.headers().forEach(headers::set);
        headers.set(shared.idHeader(), head.id());
        headers.set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        headers.set(HttpHeaderNames.CONTENT_LENGTH, reply.body().remaining());
        headers.set(
                HttpHeaderNames.CONNECTION,
                last ? HttpHeaderValues.CLOSE : HttpHeaderValues.KEEP_ALIVE);
        return headers;
    }

    /**
     * Says goodbye to a client that is still sending, then waits for it to close. Closing at once
     * would reset the connection, and it would never see the response.
     */
    private void linger(ChannelHandlerContext context) {
        state = State.LINGERING;
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null) {
            ((DuplexChannel) context.channel()).shutdownOutput();
        } else {
            tls.closeOutbound();
        }
        ScheduledFuture<?> patience =
                context.executor()
                        .schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        context.channel().closeFuture().addListener(closed -> patience.cancel(false));
    }

    private void begin() {
        begun = true;
        shared.inFlight().begin();
    }

    private void end() {
        if (begun) {
            begun = false;
            shared.inFlight().end();
        }
    }
}
