package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that are slow on purpose, against a real port whose requests may take a second. */
class DribblingClientTest {
    private static final String REQUEST =
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n123456789";

    /** Answers each request at its end, and a slow one with 408 and the end of the connection. */
    @SuppressWarnings("FutureReturnValueIgnored") // The client sees whether it went well.
    private static final class Connection extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object piece) {
            ReferenceCountUtil.release(piece);
            if (piece instanceof LastHttpContent) {
                context.writeAndFlush(response(HttpResponseStatus.OK));
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            assertThat(event).isSameAs(RequestTimeoutEvent.INSTANCE);
            context.writeAndFlush(response(HttpResponseStatus.REQUEST_TIMEOUT))
                    .addListener(ChannelFutureListener.CLOSE);
        }

        private static HttpResponse response(HttpResponseStatus status) {
            HttpResponse response =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            return response;
        }
    }

    private static void fill(ChannelPipeline pipeline) {
        SlowRequestTimeout slow = new SlowRequestTimeout(Duration.ofSeconds(1));
        pipeline.addLast(
                slow.bytes(),
                new HttpResponseEncoder(),
                new HttpRequestDecoder(),
                slow.messages(),
                new Connection());
    }

    @Test
    void oneThatSendsAByteEach200MillisecondsIsToldAndSentAway() throws Exception {
        try (LoopbackServer server = new LoopbackServer(DribblingClientTest::fill);
                Socket socket = server.connect()) {
            Instant begun = Instant.now();
            String seen = dribble(socket, REQUEST);

            assertThat(seen).startsWith("HTTP/1.1 408 Request Timeout");
            assertThat(Duration.between(begun, Instant.now()))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
        }
    }

    @Test
    void oneThatWasQuickBeforeIsSentAwayToo() throws Exception {
        try (LoopbackServer server = new LoopbackServer(DribblingClientTest::fill);
                Socket socket = server.connect()) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                assertThat(head(socket)).startsWith("HTTP/1.1 200 OK");
            }

            assertThat(dribble(socket, REQUEST)).startsWith("HTTP/1.1 408 Request Timeout");
        }
    }

    /** Sends a byte at a time until there is an answer, which it returns. */
    private static String dribble(Socket socket, String request) throws Exception {
        InputStream in = socket.getInputStream();
        for (byte each : request.getBytes(StandardCharsets.US_ASCII)) {
            if (in.available() > 0) {
                break;
            }
            socket.getOutputStream().write(each);
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }
}
