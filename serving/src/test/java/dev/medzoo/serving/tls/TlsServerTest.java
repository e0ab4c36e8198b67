package dev.medzoo.serving.tls;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.DrawnPicture;
import dev.medzoo.serving.Server;
import dev.medzoo.serving.StartException;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.settings.SettingsException;
import dev.medzoo.serving.tls.TestCertificates.Issued;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server behind TLS. */
@Tag("slow")
class TlsServerTest {
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);

    private final TestCertificates authority = new TestCertificates("root");
    private final TlsFolder folder;

    TlsServerTest(@TempDir Path temp) throws Exception {
        folder = new TlsFolder(temp);
    }

    @Test
    void predictsAndIsManagedOverHttps() throws Exception {
        Issued issued = authority.server();
        folder.write(issued);
        try (Server server = folder.start("management_address=https://127.0.0.1:0")) {
            HttpClient client = client(TlsClient.context(authority.root(), null));
            HttpResponse<String> answer = predict(client, server).join();

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("className");
            assertThat(serial(answer)).isEqualTo(issued.certificate().getSerialNumber());
            assertThat(answer.sslSession().map(SSLSession::getProtocol)).contains("TLSv1.3");
            URI metrics = uri(server.managementAddress().getPort(), "/metrics");
            assertThat(client.send(get(metrics), BodyHandlers.ofString()).body())
                    .containsPattern("medzoo_certificate_expiry_timestamp_seconds \\d");
            URI plain =
                    URI.create("http://localhost:" + server.address().getPort() + "/predictions");
            assertThatThrownBy(() -> client.send(get(plain), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    /** As often as requests come, each is answered, and new connections soon see the new one. */
    @Test
    void takesANewCertificateWhileRequestsGoOn() throws Exception {
        folder.write(authority.server());
        SSLContext trust = TlsClient.context(authority.root(), null);
        AtomicBoolean isOver = new AtomicBoolean();
        List<CompletableFuture<Integer>> clients = new ArrayList<>();
        try (Server server = folder.start()) {
            for (int i = 0; i < 3; i++) {
                boolean staysConnected = i == 0;
                clients.add(
                        CompletableFuture.supplyAsync(
                                () -> predictUntil(isOver, trust, server, staysConnected)));
            }
            for (int i = 0; i < 3; i++) {
                Issued next = authority.server();
                folder.write(next);
                Deadline.await(
                        () ->
                                serial(predict(client(trust), server).join())
                                        .equals(next.certificate().getSerialNumber()));
            }
            isOver.set(true);
            assertThat(clients).allSatisfy(each -> assertThat(each.join()).isPositive());
        }
    }

    /** How many were answered; fails with the first that is not. */
    private static int predictUntil(
            AtomicBoolean isOver, SSLContext trust, Server server, boolean staysConnected) {
        HttpClient client = client(trust);
        int answered = 0;
        while (!isOver.get()) {
            HttpClient each = staysConnected ? client : client(trust);
            assertThat(predict(each, server).join().statusCode()).isEqualTo(200);
            answered++;
        }
        return answered;
    }

    @Test
    void takesOnlyClientsThatShowACertificateOfTheirAuthority() throws Exception {
        TestCertificates clients = new TestCertificates("clients");
        folder.write(authority.server());
        folder.replace(folder.clients(), clients.pem());
        try (Server server =
                folder.start("client_auth=require", "client_ca_file=" + folder.clients())) {
            SSLContext right = TlsClient.context(authority.root(), clients.client("ward"));
            assertThat(predict(client(right), server).join().statusCode()).isEqualTo(200);

            SSLContext wrong = TlsClient.context(authority.root(), authority.client("ward"));
            SSLContext none = TlsClient.context(authority.root(), null);
            for (SSLContext each : List.of(wrong, none)) {
                assertThatThrownBy(() -> predict(client(each), server).join())
                        .hasCauseInstanceOf(IOException.class);
            }
            assertThat(predict(client(right), server).join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithItsFiles() throws Exception {
        folder.write(authority.server());
        Files.writeString(folder.key(), "no key");

        assertThatThrownBy(folder::start)
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("private_key_file: " + folder.key())
                .hasMessageNotContaining("\n");
        assertThatThrownBy(
                        () ->
                                ServerSettings.read(
                                        null,
                                        Map.of(),
                                        Map.of("inference_address", "https://127.0.0.1:0")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("keystore: none (expected: keystore, or certificate_file");
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    private static CompletableFuture<HttpResponse<String>> predict(
            HttpClient client, Server server) {
        URI target = uri(server.address().getPort(), "/predictions/" + SKIN);
        HttpRequest request =
                HttpRequest.newBuilder(target).POST(BodyPublishers.ofByteArray(PICTURE)).build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private static HttpRequest get(URI target) {
        return HttpRequest.newBuilder(target).build();
    }

    private static URI uri(int port, String path) {
        return URI.create("https://localhost:" + port + path);
    }

    /** Of the certificate that the server showed. */
    private static BigInteger serial(HttpResponse<String> answer) {
        try {
            SSLSession session = answer.sslSession().orElseThrow();
            return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber();
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
    }
}
