package dev.medzoo.serving.http;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * The remote end of a connection.
 *
 * @param address the key for rate limits, see {@link ClientAddress}
 * @param isLocal whether the connection came in over a loopback address, so from this machine
 */
public record Peer(String address, boolean isLocal) {
    static Peer of(Channel channel) {
        boolean isLocal =
                channel.localAddress() instanceof InetSocketAddress here
                        && here.getAddress().isLoopbackAddress();
        return new Peer(ClientAddress.of(channel.remoteAddress()), isLocal);
    }
}
