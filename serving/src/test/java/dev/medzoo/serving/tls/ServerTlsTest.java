package dev.medzoo.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.tls.TestCertificates.Issued;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client finds behind the port. */
@Tag("slow")
class ServerTlsTest {
    private static final int HANDSHAKE = 0x16;
    private static final int ALERT = 0x15;

    /** A hello of one version, by hand: the JDK no longer says the old ones. */
    private static final String HELLO =
            "0100005d VERSION"
                    + " 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                    + " 00 000c SUITES 0100"
                    + " 0028 000a0008000600170018001d 000b00020100"
                    + " 000d00120010 04030503060308040805040105010601";

    private static final String SUITES = "c02bc02fc009c013002f0035";

    /** ECDHE with CBC, and RSA without forward secrecy, with GCM and CBC. */
    private static final String WEAKER_SUITES = "c009c013c023c027009c002f";

    @TempDir private Path temp = Path.of("");
    private static TestCertificates authority;

    @BeforeAll
    static void found() throws Exception {
        authority = new TestCertificates("root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksBothVersionsWithForwardSecrecy(String version) throws Exception {
        try (TlsPort port = port(authority.server())) {
            HttpClient client =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .sslContext(TlsClient.context(authority.root(), null))
                            .sslParameters(new SSLParameters(null, new String[] {version}))
                            .build();
            URI uri = URI.create("https://localhost:" + port.address().getPort() + "/");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

            assertThat(answer.body()).isEqualTo("nobody");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
            assertThat(answer.sslSession().orElseThrow().getCipherSuite())
                    .matches("TLS_(ECDHE_ECDSA_WITH_)?(AES|CHACHA20).*(GCM|POLY1305).*");
        }
    }

    /** Each handshake costs the server far more than the client. */
    @Test
    void shakesHandsOnceWithEachConnection() throws Exception {
        try (TlsPort port = port(authority.server())) {
            SSLContext trusting = TlsClient.context(authority.root(), null);
            try (TlsClient client = new TlsClient(trusting, port.address(), "TLSv1.2")) {
                assertThat(client.ask()).isEqualTo("nobody");
                assertThat(client.ask()).isEqualTo("nobody");
                assertThatThrownBy(
                                () -> {
                                    client.renegotiate();
                                    client.ask();
                                })
                        .isInstanceOf(IOException.class);
            }
            try (TlsClient client = new TlsClient(trusting, port.address(), "TLSv1.3")) {
                client.renegotiate();
                assertThat(client.ask()).isEqualTo("nobody");
            }
        }
    }

    @Test
    void refusesOlderVersions() throws Exception {
        try (TlsPort port = port(authority.server())) {
            assertThat(firstRecord(port, "0303", SUITES)[0]).isEqualTo((byte) HANDSHAKE);
            for (String old : new String[] {"0302", "0301", "0300"}) {
                byte[] answer = firstRecord(port, old, SUITES);

                assertThat(answer[0]).as(old).isEqualTo((byte) ALERT);
                // Fatal, protocol_version.
                assertThat(answer).as(old).endsWith(2, 70);
            }
        }
    }

    @Test
    void refusesWeakerSuites() throws Exception {
        try (TlsPort port = port(authority.server())) {
            byte[] answer = firstRecord(port, "0303", WEAKER_SUITES);

            assertThat(answer[0]).isEqualTo((byte) ALERT);
            // Fatal, handshake_failure.
            assertThat(answer).endsWith(2, 40);
        }
    }

    @ParameterizedTest
    @CsvSource({"EC, TLSv1.2", "EC, TLSv1.3", "RSA, TLSv1.2", "RSA, TLSv1.3", "Ed25519, TLSv1.3"})
    void takesEveryKindOfKey(String algorithm, String version) throws Exception {
        Instant now = Instant.now();
        Issued issued = authority.server(algorithm, now.minusSeconds(60), now.plusSeconds(3600));
        try (TlsPort port = port(issued);
                TlsClient client = client(port, version)) {
            assertThat(client.ask()).isEqualTo("nobody");
            assertThat(client.protocol()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @CsvSource({"PKCS12, changeit", "JKS, other word"})
    void takesAKeyStore(String type, String password) throws Exception {
        Path file = temp.resolve("keystore");
        authority.server().writeKeyStore(file, password, type);
        TlsSettings settings =
                new TlsSettings(
                        new KeyStoreFile(file, password, type),
                        ClientAuth.NONE,
                        null,
                        Duration.ofMinutes(1));
        try (TlsPort port = new TlsPort(ServerTls.open(settings));
                TlsClient client = client(port)) {
            assertThat(client.ask()).isEqualTo("nobody");
        }
    }

    @Test
    void refusesWhoSpeaksNoTls() throws Exception {
        try (TlsPort port = port(authority.server());
                Socket socket = port.server().connect()) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(
                            new String(
                                    socket.getInputStream().readAllBytes(),
                                    StandardCharsets.US_ASCII))
                    .doesNotContain("HTTP");
        }
    }

    @Test
    void closesAHandshakeThatDribbles() throws Exception {
        ServerTls tls = ServerTls.open(new TlsFolder(temp).write(authority.server()).settings());
        try (TlsPort port = new TlsPort(tls, Duration.ofSeconds(1));
                Socket socket = port.server().connect()) {
            assertThatThrownBy(() -> dribble(socket, record("0303", SUITES)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void isTrustedByNobodyWhoWasNotTold() throws Exception {
        SSLContext stranger = TlsClient.context(new TestCertificates("other").root(), null);
        try (TlsPort port = port(authority.server());
                TlsClient client = new TlsClient(stranger, port.address())) {
            assertThatThrownBy(client::ask).isInstanceOf(SSLHandshakeException.class);
        }
    }

    private TlsPort port(Issued issued) throws Exception {
        return new TlsPort(ServerTls.open(new TlsFolder(temp).write(issued).settings()));
    }

    private static TlsClient client(TlsPort port, String... protocols) throws Exception {
        return new TlsClient(TlsClient.context(authority.root(), null), port.address(), protocols);
    }

    private static byte[] firstRecord(TlsPort port, String version, String suites)
            throws IOException {
        try (Socket socket = port.server().connect()) {
            socket.getOutputStream().write(record(version, suites));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] head = in.readNBytes(5);
            byte[] body = in.readNBytes(ByteBuffer.wrap(head).getShort(3));
            return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
        }
    }

    private static byte[] record(String version, String suites) {
        String text = HELLO.replace("VERSION", version).replace("SUITES", suites);
        byte[] hello = HexFormat.of().parseHex(text.replace(" ", ""));
        // The lengths count themselves out.
        int bytes = hello.length - 4;
        hello[3] = (byte) bytes;
        return ByteBuffer.allocate(5 + hello.length)
                .put((byte) HANDSHAKE)
                .putShort((short) 0x0301)
                .putShort((short) hello.length)
                .put(hello)
                .array();
    }

    /** Until the server has closed, which a client sees when it writes on. */
    private static void dribble(Socket socket, byte[] bytes) throws Exception {
        for (byte each : bytes) {
            socket.getOutputStream().write(each);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
