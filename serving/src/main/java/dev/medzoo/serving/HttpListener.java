package dev.medzoo.serving;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The open port and the event loops behind it. */
final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int FOR_EACH_CORE = 0;

    private final EventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel port;

    /**
     * Opens the port.
     *
     * @throws StartException when it is taken, or is none of this machine
     */
    HttpListener(ServerSettings settings, Router router, InFlight inFlight) throws StartException {
        loops =
                new MultiThreadIoEventLoopGroup(
                        FOR_EACH_CORE,
                        new DefaultThreadFactory("medzoo-http"),
                        NioIoHandler.newFactory());
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(initializer(settings, router, inFlight))
                        .bind(settings.host(), settings.port())
                        .awaitUninterruptibly();
        port = bound.channel();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            throw StartException.of(settings.host() + ":" + settings.port(), bound.cause());
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    /** Closes the port; connections stay. */
    void stopAccepting() {
        port.close().awaitUninterruptibly();
    }

    @Override
    public void close() {
        stopAccepting();
        connections.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private ChannelInitializer<SocketChannel> initializer(
            ServerSettings settings, Router router, InFlight inFlight) {
        long idleSeconds = settings.idleTimeout().toSeconds();
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                connections.add(channel);
                channel.pipeline()
                        .addLast(new IdleStateHandler(idleSeconds, 0, 0, TimeUnit.SECONDS))
                        .addLast(new WriteTimeoutHandler(idleSeconds, TimeUnit.SECONDS))
                        .addLast(new HttpResponseEncoder())
                        .addLast(new HttpRequestDecoder())
                        .addLast(new ChunkedWriteHandler())
                        .addLast(new HttpConnection(router, inFlight, settings.maxRequestBytes()));
            }
        };
    }
}
