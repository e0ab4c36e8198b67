package dev.medzoo.serving.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The key for rate and connection limits: IPv4 address or IPv6 /64. */
public final class ClientAddress {
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /**
     * The key of a peer: its IPv4 address, or the first 64 bits of its IPv6 address, since a single
     * client usually owns a whole /64. Clients behind one proxy share the proxy's key.
     *
     * @param remote as the connection gives it; {@code local} stands for one without an address
     */
    public static String of(@Nullable SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress inet) || inet.isUnresolved()) {
            return "local";
        }
        InetAddress address = inet.getAddress();
        return address instanceof Inet6Address ? network(address) : address.getHostAddress();
    }

    private static String network(InetAddress address) {
        byte[] network = address.getAddress();
        Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }
}
