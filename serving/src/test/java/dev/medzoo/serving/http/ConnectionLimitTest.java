package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.Deadline;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimitTest {
    /** A connection from an address that this machine does not have. */
    private static final class Connection extends EmbeddedChannel {
        private final String from;

        Connection(String from, ChannelHandler limit) {
            super(false, false);
            this.from = from;
            pipeline().addLast(limit);
        }

        static Connection open(String from, ConnectionLimit limit) throws Exception {
            Connection connection = new Connection(from, limit);
            connection.register();
            return connection;
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(from, 4711);
        }
    }

    @Test
    void oneAddressHasItsShareAndOthersHaveTheirs() throws Exception {
        ConnectionLimit limit = new ConnectionLimit(100, 2);
        Connection first = Connection.open("192.0.2.1", limit);

        assertThat(Connection.open("192.0.2.1", limit).isOpen()).isTrue();
        assertThat(Connection.open("192.0.2.1", limit).isOpen()).isFalse();
        assertThat(Connection.open("192.0.2.2", limit).isOpen()).isTrue();
        assertThat(Connection.open("2001:db8::1", limit).isOpen()).isTrue();
        assertThat(Connection.open("2001:db8::2", limit).isOpen()).isTrue();
        assertThat(Connection.open("2001:db8::3", limit).isOpen()).isFalse();
        assertThat(limit.open()).isEqualTo(5);
        assertThat(limit.refused()).isEqualTo(2);

        first.close().sync();
        assertThat(limit.open()).isEqualTo(4);
        assertThat(Connection.open("192.0.2.1", limit).isOpen()).isTrue();
        assertThat(Connection.open("192.0.2.1", limit).isOpen()).isFalse();
    }

    @Test
    void thereIsALimitForAllTogether() throws Exception {
        ConnectionLimit limit = new ConnectionLimit(3, 2);
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(Connection.open("192.0.2." + i, limit));
        }

        assertThat(all)
                .extracting(Connection::isOpen)
                .containsExactly(true, true, true, false, false);
        for (Connection each : all) {
            each.close().sync();
        }
        assertThat(limit.open()).isZero();
        assertThat(limit.refused()).isEqualTo(2);
    }

    @Test
    void closesWhatIsBeyondAtOnceOnARealPort() throws Exception {
        ConnectionLimit limit = new ConnectionLimit(10, 2);
        try (LoopbackServer server = new LoopbackServer(pipeline -> pipeline.addLast(limit));
                Socket first = server.connect()) {
            try (Socket second = server.connect()) {
                Deadline.await(() -> limit.open() == 2);
                for (int i = 0; i < 50; i++) {
                    try (Socket beyond = server.connect()) {
                        assertThat(isClosed(beyond)).isTrue();
                    }
                }
                assertThat(limit.refused()).isEqualTo(50);
                assertThat(second.isConnected()).isTrue();
            }
            Deadline.await(() -> limit.open() == 1);
            try (Socket third = server.connect()) {
                Deadline.await(() -> limit.open() == 2);
                assertThat(first.isConnected() && third.isConnected()).isTrue();
            }
        }
        assertThat(limit.open()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void refusesALimitThatLetsNobodyIn(int most, int mostFromOne) {
        assertThatThrownBy(() -> new ConnectionLimit(most, mostFromOne))
                .hasMessage(
                        "connections: %d, %d from one address (expected: both > 0)"
                                .formatted(most, mostFromOne));
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }
}
