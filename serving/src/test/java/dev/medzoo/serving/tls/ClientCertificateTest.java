package dev.medzoo.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.tls.TestCertificates.Issued;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mutual TLS, in both versions. */
@Tag("jdk")
@Tag("slow")
class ClientCertificateTest {
    private static final Map<String, @Nullable Issued> SHOWN = new HashMap<>();

    @TempDir static Path temp = Path.of("");
    private static TestCertificates authority;
    private static TlsFolder folder;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestCertificates("root");
        TestCertificates clients = new TestCertificates("clients");
        Instant now = Instant.now();
        SHOWN.put("none", null);
        SHOWN.put("right", clients.client("alice"));
        SHOWN.put("of another authority", new TestCertificates("clients").client("alice"));
        SHOWN.put("expired", clients.client("alice", now.minusSeconds(200), now.minusSeconds(100)));
        SHOWN.put("a server's", clients.server());
        folder = new TlsFolder(temp).write(authority.server());
        folder.replace(folder.clients(), clients.pem());
    }

    @ParameterizedTest
    @CsvSource({
        "require,  TLSv1.2, right,                'CN=alice,O=hospital'",
        "require,  TLSv1.3, right,                'CN=alice,O=hospital'",
        "optional, TLSv1.2, right,                'CN=alice,O=hospital'",
        "optional, TLSv1.3, right,                'CN=alice,O=hospital'",
        "optional, TLSv1.2, none,                 nobody",
        "optional, TLSv1.3, none,                 nobody",
        "none,     TLSv1.3, right,                nobody",
        "none,     TLSv1.3, of another authority, nobody"
    })
    void servesAndKnowsByName(String auth, String version, String shown, String name)
            throws Exception {
        try (TlsPort port = port(auth);
                TlsClient client = client(port, version, shown)) {
            assertThat(client.ask()).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "require,  TLSv1.2, none",
        "require,  TLSv1.3, none",
        "require,  TLSv1.2, of another authority",
        "require,  TLSv1.3, of another authority",
        "require,  TLSv1.3, expired",
        "require,  TLSv1.3, a server's",
        "optional, TLSv1.2, of another authority",
        "optional, TLSv1.3, of another authority",
        "optional, TLSv1.2, expired",
        "optional, TLSv1.3, a server's"
    })
    void refuses(String auth, String version, String shown) throws Exception {
        try (TlsPort port = port(auth);
                TlsClient client = client(port, version, shown)) {
            assertThatThrownBy(client::ask).isInstanceOf(IOException.class);
        }
    }

    private static TlsPort port(String word) throws Exception {
        ClientAuth auth = ClientAuth.of(word).orElseThrow();
        Path clients = auth == ClientAuth.NONE ? null : folder.clients();
        return new TlsPort(ServerTls.open(folder.settings(auth, clients)));
    }

    private static TlsClient client(TlsPort port, String version, String shown) throws Exception {
        return new TlsClient(
                TlsClient.context(authority.root(), SHOWN.get(shown)), port.address(), version);
    }
}
