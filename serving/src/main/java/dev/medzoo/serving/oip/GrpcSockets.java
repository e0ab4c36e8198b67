package dev.medzoo.serving.oip;

import dev.medzoo.serving.http.ClientAddress;
import dev.medzoo.serving.http.ConnectionLimit;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.FixedRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gRPC connections and their event loops. */
final class GrpcSockets implements AutoCloseable {
    /** Read at once; the least part of a message keeps a buffer of so many. */
    static final int READ_BYTES = 16 << 10;

    private final ConnectionLimit limit;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(
                    Math.max(2, Runtime.getRuntime().availableProcessors()),
                    new DefaultThreadFactory("medzoo-grpc", true),
                    NioIoHandler.newFactory());

    GrpcSockets(ConnectionLimit limit) {
        this.limit = limit;
    }

    /** Gives a server its connections. */
    NettyServerBuilder of(NettyServerBuilder server) {
        return server.channelFactory(() -> new Listening(limit))
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .withChildOption(
                        ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It is over by then.
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Closes the connections for which there is no room before anything is made for them. */
    private static final class Listening extends NioServerSocketChannel {
        private final ConnectionLimit limit;

        Listening(ConnectionLimit limit) {
            this.limit = limit;
        }

        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            int count = super.doReadMessages(accepted);
            if (count > 0) {
                int last = accepted.size() - 1;
                if (!letIn((Channel) accepted.get(last))) {
                    accepted.remove(last);
                }
            }
            return count;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // It ends with the connection.
        private boolean letIn(Channel connection) {
            String client = ClientAddress.of(connection.remoteAddress());
            if (!limit.enter(client)) {
                connection.unsafe().closeForcibly();
                return false;
            }
            connection.closeFuture().addListener(closed -> limit.leave(client));
            return true;
        }
    }
}
