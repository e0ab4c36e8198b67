package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.local.LocalAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,              192.0.2.1",
        "::ffff:192.0.2.1,       192.0.2.1",
        "2001:db8:1:2:3:4:5:6,   2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2:ffff::,    2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3::1,        2001:db8:1:3:0:0:0:0/64",
        "fe80::1%1,              fe80:0:0:0:0:0:0:0/64"
    })
    void isTheAddressOrItsNetwork(String address, String key) throws Exception {
        InetAddress parsed = InetAddress.getByName(address);

        assertThat(ClientAddress.of(new InetSocketAddress(parsed, 4711))).isEqualTo(key);
    }

    @Test
    void isLocalForWhatHasNone() {
        assertThat(ClientAddress.of(null)).isEqualTo("local");
        assertThat(ClientAddress.of(new LocalAddress("pipe"))).isEqualTo("local");
    }
}
