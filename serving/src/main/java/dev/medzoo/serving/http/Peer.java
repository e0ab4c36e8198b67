package dev.medzoo.serving.http;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * Who is at the other end of a connection.
 *
 * @param address by which the client is told from others, as {@link ClientAddress} has it
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
