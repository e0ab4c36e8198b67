package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClosedConnectionTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final HttpLimits LIMITS = new HttpLimits(100, 8192, MINUTE, MINUTE, 10, 10, 0);

    private final List<Request> abandoned = new ArrayList<>();

    @Test
    void abandonsItsRequest() {
        List<Request> taken = new ArrayList<>();
        Handler silent =
                request -> {
                    taken.add(request);
                    return new CompletableFuture<>();
                };
        Route route = Route.of(Access.PREDICT, "POST", "/predictions/{model}", silent);
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

    private HttpConnection connection(Route route, InFlight inFlight) {
        Exchanges exchanges =
                new Exchanges() {
                    @Override
                    public void abandoned(Request request) {
                        abandoned.add(request);
                    }
                };
        Router router =
                new Router(
                        List.of(route),
                        Gate.OPEN,
                        inFlight,
                        new Bodies(Runnable::run, 100),
                        Preflight.NONE);
        return new HttpConnection(
                new HttpContext(
                        router, inFlight, LIMITS, exchanges, RequestHead.ID_HEADER, Map.of()),
                "here");
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
