package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClosedConnectionTest {
    /** Takes every request and answers none. */
    private static final class SilentEndpoint implements Endpoint {
        private final List<Request> taken = new ArrayList<>();

        @Override
        public boolean owns(List<String> path) {
            return true;
        }

        @Override
        public Set<String> methods() {
            return Set.of("POST");
        }

        @Override
        public CompletableFuture<Reply> answer(Request request) {
            taken.add(request);
            return new CompletableFuture<>();
        }
    }

    @Test
    void abandonsItsRequest() {
        SilentEndpoint endpoint = new SilentEndpoint();
        InFlight inFlight = new InFlight();
        HttpConnection connection =
                new HttpConnection(new Router(List.of(endpoint), inFlight), inFlight, 100);
        EmbeddedChannel channel = new EmbeddedChannel(connection);
        channel.writeInbound(post());
        assertThat(endpoint.taken.get(0).isAbandoned()).isFalse();
        assertThat(inFlight.awaitNone(Duration.ZERO)).isEqualTo(1);

        channel.close().syncUninterruptibly();

        assertThat(endpoint.taken.get(0).isAbandoned()).isTrue();
        assertThat(inFlight.awaitNone(Duration.ZERO)).isZero();
    }

    private static HttpRequest post() {
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, "/predictions/m", Unpooled.EMPTY_BUFFER);
    }
}
