package dev.medzoo.serving.http;

import dev.medzoo.serving.tls.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An open port and its connections. */
public final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 1024;

    /** Size of a connection's first read buffer, so that a small picture fits into one read. */
    private static final int FIRST_READ_BYTES = 1 << 15;

    private static final int LEAST_READ_BYTES = 1 << 10;
    private static final int MOST_READ_BYTES = 1 << 16;

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final HttpContext shared;
    private final ConnectionLimit limit;
    private final @Nullable ServerTls tls;
    private final Channel port;

    /**
     * Opens the port.
     *
     * @param loops event loops; the caller closes them
     * @param tls or null for plain HTTP
     * @throws IOException when the port is in use or the address is not local
     */
    public HttpListener(
            EventLoopGroup loops,
            String host,
            int port,
            HttpContext shared,
            ConnectionLimit limit,
            @Nullable ServerTls tls)
            throws IOException {
        this.shared = shared;
        this.limit = limit;
        this.tls = tls;
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        // TLS ends in both directions together.
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, tls == null)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(
                                        LEAST_READ_BYTES, FIRST_READ_BYTES, MOST_READ_BYTES))
                        .childHandler(initializer())
                        .bind(host, port)
                        .awaitUninterruptibly();
        this.port = bound.channel();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    /** Closes the port. Open connections stay. */
    public void stopAccepting() {
        port.close().awaitUninterruptibly();
    }

    @Override
    public void close() {
        stopAccepting();
        connections.close().awaitUninterruptibly();
    }

    private ChannelInitializer<SocketChannel> initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                connections.add(channel);
                fill(channel);
            }
        };
    }

    private void fill(SocketChannel channel) {
        HttpLimits limits = shared.limits();
        long idleSeconds = limits.idleTime().toSeconds();
        SlowRequestTimeout slow = new SlowRequestTimeout(limits.requestTime());
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(limit).addLast(slow.bytes());
        if (tls != null) {
            tls.addTo(pipeline);
        }
        HttpDecoderConfig codec = new HttpDecoderConfig().setMaxHeaderSize(limits.maxHeaderBytes());
        pipeline.addLast(new IdleStateHandler(idleSeconds, 0, 0, TimeUnit.SECONDS))
                .addLast(new WriteTimeoutHandler(idleSeconds, TimeUnit.SECONDS))
                .addLast(new HttpResponseEncoder())
                .addLast(new HttpRequestDecoder(codec))
                .addLast(slow.messages())
                .addLast(new ChunkedWriteHandler())
                .addLast(new HttpConnection(shared, Peer.of(channel)));
    }
}
