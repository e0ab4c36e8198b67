package dev.medzoo.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom this server believes when it asks another. */
class OutgoingTlsTest {
    private static final String SETTING = "dicomweb_ca_file";

    @TempDir private Path folder = Path.of("");
    private TestCertificates hospital;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        hospital = new TestCertificates("authority");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        KeyStore key = hospital.server().keyStore("secret", "PKCS12");
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(key, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int ask(String host, String pem) throws Exception {
        Path file = Files.writeString(folder.resolve("authority.pem"), pem);
        URI address = URI.create("https://%s:%d/".formatted(host, server.getAddress().getPort()));
        HttpClient client =
                HttpClient.newBuilder().sslContext(OutgoingTls.trusting(SETTING, file)).build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1)).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void believesTheAuthorityOfTheFile() throws Exception {
        assertThat(ask("localhost", hospital.pem())).isEqualTo(204);
    }

    @Test
    void believesNoOther() throws Exception {
        String other = new TestCertificates("another").pem();
        assertThatThrownBy(() -> ask("localhost", other)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void believesNoCertificateForAnotherName() {
        assertThatThrownBy(() -> ask("127.0.0.2", hospital.pem())).isInstanceOf(IOException.class);
    }

    @Test
    void saysWhichFileIsOfNoUse() {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> OutgoingTls.trusting(SETTING, absent))
                .isInstanceOf(TlsException.class)
                .hasMessage(SETTING + ": " + absent + ": no such file (expected: to be there)");
        assertThatThrownBy(() -> ask("localhost", "nothing"))
                .isInstanceOf(TlsException.class)
                .hasMessageStartingWith(SETTING + ": " + folder.resolve("authority.pem"));
    }
}
