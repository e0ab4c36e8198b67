package dev.medzoo.serving.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the open connections, in total and per address, loopback included. Excess connections are
 * closed before a byte is read. One shared instance is the first handler of every pipeline. A
 * server with its own transport, such as gRPC, calls {@link #enter} itself.
 */
@Sharable
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private static final Logger logger = LoggerFactory.getLogger(ConnectionLimit.class);

    private final int most;
    private final int mostFromOne;
    private final Map<String, Integer> fromEach = new HashMap<>();
    private final LongAdder refused = new LongAdder();
    private int open;

    /**
     * Two limits.
     *
     * @param most open at a time, at least 1
     * @param mostFromOne open at a time from one {@link ClientAddress}, at least 1
     */
    public ConnectionLimit(int most, int mostFromOne) {
        if (most < 1 || mostFromOne < 1) {
            throw new IllegalArgumentException(
                    "connections: %d, %d from one address (expected: both > 0)"
                            .formatted(most, mostFromOne));
        }
        this.most = most;
        this.mostFromOne = mostFromOne;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Whether closing fails changes nothing here.
    public void channelActive(ChannelHandlerContext context) {
        String client = ClientAddress.of(context.channel().remoteAddress());
        if (enter(client)) {
            context.channel().closeFuture().addListener(closed -> leave(client));
            context.fireChannelActive();
        } else {
            context.close();
        }
    }

    /** Number of open connections. */
    public synchronized int open() {
        return open;
    }

    /** Number of rejected connections since the start. */
    public long refused() {
        return refused.sum();
    }

    /**
     * Counts a new connection, unless a limit is reached.
     *
     * @param client its {@link ClientAddress}
     * @return whether it is accepted; if so, call {@link #leave} when it closes
     */
    public synchronized boolean enter(String client) {
        if (open >= most || fromEach.getOrDefault(client, 0) >= mostFromOne) {
            refused.increment();
            logger.debug("connection refused: too many open connections");
            return false;
        }
        open++;
        fromEach.merge(client, 1, Integer::sum);
        return true;
    }

    /** Counts a closed connection. */
    public synchronized void leave(String client) {
        open--;
        fromEach.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }
}
