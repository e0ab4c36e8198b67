package dev.medzoo.serving.tls;

import dev.medzoo.serving.http.LoopbackServer;
import dev.medzoo.serving.http.RequestTimeoutEvent;
import dev.medzoo.serving.http.SlowRequestTimeout;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A real port behind TLS that answers every request with the client's name. */
final class TlsPort implements AutoCloseable {
    private final LoopbackServer server;
    private final ServerTls tls;

    /** Answers at a request's end, and closes the connection of one that takes too long. */
    @SuppressWarnings("FutureReturnValueIgnored") // The client sees whether it went well.
    private static final class Connection extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object piece) {
            ReferenceCountUtil.release(piece);
            if (piece instanceof LastHttpContent) {
                SslHandler handler = context.pipeline().get(SslHandler.class);
                context.writeAndFlush(response(ServerTls.clientName(handler).orElse("nobody")));
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == RequestTimeoutEvent.INSTANCE) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        private static HttpResponse response(String text) {
            ByteBuf body = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
            HttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            return response;
        }
    }

    /** Opens a port; closing it closes that TLS too. */
    TlsPort(ServerTls tls) {
        this(tls, null);
    }

    /**
     * The same.
     *
     * @param limit on one request, handshake included, or null for none
     */
    TlsPort(ServerTls tls, @Nullable Duration limit) {
        this.tls = tls;
        server = new LoopbackServer(pipeline -> fill(pipeline, limit));
    }

    InetSocketAddress address() {
        return server.address();
    }

    LoopbackServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        tls.close();
    }

    private void fill(ChannelPipeline pipeline, @Nullable Duration limit) {
        SlowRequestTimeout slow =
                new SlowRequestTimeout(limit == null ? Duration.ofMinutes(10) : limit);
        pipeline.addLast(slow.bytes());
        tls.addTo(pipeline);
        pipeline.addLast(
                new HttpResponseEncoder(),
                new HttpRequestDecoder(),
                slow.messages(),
                new Connection());
    }
}
