package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.access.Role;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClosedConnectionTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final HttpLimits LIMITS = new HttpLimits(100, 8192, MINUTE, MINUTE, 10, 10, 100);
    private static final String LARGE = "x".repeat(1 << 20);

    private final List<Request> abandoned = new ArrayList<>();

    /** Keeps what is written to it, as the socket of a client that reads nothing. */
    private static final class NeverWritten extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object piece, ChannelPromise promise) {
            ReferenceCountUtil.release(piece);
        }
    }

    @Test
    void abandonsItsRequest() {
        List<Request> taken = new ArrayList<>();
        Handler silent =
                request -> {
                    taken.add(request);
                    return new CompletableFuture<>();
                };
        Route route = Route.of(Role.PREDICT, "POST", "/predictions/{model}", silent);
        InFlight inFlight = new InFlight();
        EmbeddedChannel channel = new EmbeddedChannel(connection(route, inFlight));
        channel.writeInbound(post());
        assertThat(taken.get(0).gone()).isNotDone();
        assertThat(inFlight.awaitNone(Duration.ZERO)).isEqualTo(1);

        channel.close().syncUninterruptibly();

        assertThat(taken.get(0).gone()).isDone();
        assertThat(abandoned).containsExactly(taken.get(0));
        assertThat(inFlight.awaitNone(Duration.ZERO)).isZero();
    }

    /** Which takes nothing of a large answer, by the clock of an embedded channel. */
    @Test
    void isThatOfAClientThatTakesTooLittle() {
        Handler large = Handler.of(request -> Reply.text(200, "text/plain", LARGE, Map.of()));
        Route route = Route.of(Role.PREDICT, "POST", "/predictions/{model}", large);
        EmbeddedChannel channel =
                new EmbeddedChannel(
                        new HttpResponseEncoder(),
                        new NeverWritten(),
                        new ChunkedWriteHandler(),
                        connection(route, new InFlight()));
        channel.freezeTime();
        channel.writeInbound(post());
        assertThat(channel.isOpen()).isTrue();

        // Until the first look, the socket's own buffer may have taken some.
        channel.advanceTimeBy(2 * SlowReaderTimeout.WINDOW_SECONDS, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
    }

    private HttpConnection connection(Route route, InFlight inFlight) {
        ExchangeListener exchanges =
                new ExchangeListener() {
                    @Override
                    public void abandoned(Request request) {
                        abandoned.add(request);
                    }
                };
        Router router =
                new Router(
                        List.of(route),
                        RequestFilter.OPEN,
                        inFlight,
                        new BodyDispatcher(Runnable::run, 100),
                        Preflight.NONE);
        return new HttpConnection(
                new HttpContext(
                        router, inFlight, LIMITS, exchanges, RequestHead.ID_HEADER, Map.of()),
                new Peer("here", true));
    }

    private static HttpRequest post() {
        HttpRequest post =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        "/predictions/m",
                        Unpooled.EMPTY_BUFFER);
        post.headers().set(HttpHeaderNames.HOST, "localhost");
        return post;
    }
}
