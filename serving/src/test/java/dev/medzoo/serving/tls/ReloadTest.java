package dev.medzoo.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.tls.TestCertificates.Issued;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Files that change under a running server. */
@Tag("slow")
class ReloadTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ServerTls.class);

    private static final String HOSPITAL = "certificate of CN=localhost,O=hospital, valid until";

    @TempDir private Path temp = Path.of("");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.detachAppender(log);
    }

    @Test
    void newConnectionsGetTheNewCertificateAndOldOnesGoOn() throws Exception {
        TestCertificates authority = new TestCertificates("root");
        Issued first = authority.server();
        Issued second = authority.server();
        SSLContext trust = TlsClient.context(authority.root(), null);
        TlsFolder folder = new TlsFolder(temp).write(first);
        ServerTls tls = ServerTls.open(folder.settings());
        try (TlsPort port = new TlsPort(tls);
                TlsClient old = new TlsClient(trust, port.address())) {
            assertThat(old.ask()).isEqualTo("nobody");
            folder.write(second);
            awaitSerial(port, trust, second.certificate().getSerialNumber());

            assertThat(old.ask()).isEqualTo("nobody");
            assertThat(old.serial()).isEqualTo(first.certificate().getSerialNumber());
            assertThat(tls.expires()).isEqualTo(second.certificate().getNotAfter().toInstant());
        }
    }

    @Test
    void seesAChangeThatLeavesLengthAndTimeAlone() throws Exception {
        TestCertificates authority = new TestCertificates("root");
        Path file = temp.resolve("keystore");
        authority.server().writeKeyStore(file, "changeit", "PKCS12");
        SSLContext trust = TlsClient.context(authority.root(), null);
        Issued next = authority.server();
        TlsSettings settings =
                new TlsSettings(
                        new KeyStoreFile(file, "changeit", "PKCS12"),
                        ClientAuth.NONE,
                        null,
                        Duration.ofMillis(100));
        try (TlsPort port = new TlsPort(ServerTls.open(settings))) {
            FileTime modified = Files.getLastModifiedTime(file);
            next.writeKeyStore(file, "changeit", "PKCS12");
            Files.setLastModifiedTime(file, modified);

            awaitSerial(port, trust, next.certificate().getSerialNumber());
        }
    }

    @Test
    void whatIsBrokenChangesNothingAndTheLogSaysWhyOnce() throws Exception {
        TestCertificates authority = new TestCertificates("root");
        Issued first = authority.server();
        SSLContext trust = TlsClient.context(authority.root(), null);
        Instant now = Instant.now();
        Issued late = authority.server("EC", now.minusSeconds(7200), now.minusSeconds(3600));
        TlsFolder folder = new TlsFolder(temp).write(first);
        try (TlsPort port = new TlsPort(ServerTls.open(folder.settings()))) {
            folder.replace(folder.certificates(), "half of a certif");
            awaitWarning("certificate_file: " + folder.certificates() + ": PEM: none");
            folder.replace(folder.certificates(), authority.server().pem());
            awaitWarning(" with " + folder.key() + ": key: does not match (expected:");
            Files.delete(folder.certificates());
            awaitWarning("certificate_file: " + folder.certificates() + ": no such file");
            folder.replace(folder.key(), late.keyPem());
            folder.replace(folder.certificates(), late.pem());
            awaitWarning("certificate: of CN=localhost,O=hospital, valid from");
            awaitSerial(port, trust, first.certificate().getSerialNumber());
            assertThat(warnings()).doesNotHaveDuplicates();

            Issued good = authority.server();
            folder.write(good);
            awaitSerial(port, trust, good.certificate().getSerialNumber());
            Deadline.await(() -> messages(Level.INFO).contains("valid TLS files again"));
        }
    }

    @Test
    void whoVouchesForClientsIsReadAgainToo() throws Exception {
        TestCertificates authority = new TestCertificates("root");
        TestCertificates clients = new TestCertificates("clients");
        TlsFolder folder = new TlsFolder(temp).write(authority.server());
        folder.replace(folder.clients(), new TestCertificates("others").pem());
        SSLContext alice = TlsClient.context(authority.root(), clients.client("alice"));
        TlsSettings settings = folder.settings(ClientAuth.REQUIRE, folder.clients());
        try (TlsPort port = new TlsPort(ServerTls.open(settings))) {
            assertThat(answer(port, alice)).isEmpty();
            folder.replace(folder.clients(), clients.pem());
            Deadline.await(() -> answer(port, alice).equals("CN=alice,O=hospital"));
        }
    }

    @Test
    void warnsTwoWeeksBeforeTheEndOncePerCertificate() throws Exception {
        TestCertificates authority = new TestCertificates("root");
        Instant end = Instant.now().plus(Duration.ofDays(100));
        TlsFolder folder =
                new TlsFolder(temp)
                        .write(authority.server("EC", Instant.now().minusSeconds(60), end));
        MovableClock clock = new MovableClock(end.minus(Duration.ofDays(15)));
        try (ServerTls tls = ServerTls.open(folder.settings(), clock)) {
            assertThat(tls.expires()).isBefore(end.plusSeconds(1));
            assertThat(warnings()).isEmpty();
            clock.now = end.minus(Duration.ofDays(13));
            Deadline.await(() -> !warnings().isEmpty());
        }
        try (ServerTls again = ServerTls.open(folder.settings(), clock)) {
            assertThat(again.expires()).isBefore(end.plusSeconds(1));
            assertThat(warnings()).hasSize(2);
        }
        assertThat(warnings())
                .allSatisfy(
                        warning ->
                                assertThat(warning)
                                        .startsWith(HOSPITAL)
                                        .endsWith("replace it before it expires"));
    }

    /** A clock that a test sets. */
    private static final class MovableClock extends Clock {
        private volatile Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static void awaitSerial(TlsPort port, SSLContext trust, BigInteger serial)
            throws Exception {
        Deadline.await(
                () -> {
                    try (TlsClient client = new TlsClient(trust, port.address())) {
                        assertThat(client.ask()).isEqualTo("nobody");
                        return client.serial().equals(serial);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    /** Empty when the server takes no connection of this client. */
    private static String answer(TlsPort port, SSLContext context) {
        try (TlsClient client = new TlsClient(context, port.address())) {
            return client.ask();
        } catch (IOException e) {
            return "";
        }
    }

    private void awaitWarning(String part) throws InterruptedException {
        Deadline.await(() -> warnings().stream().anyMatch(warning -> warning.contains(part)));
    }

    private List<String> warnings() {
        return messages(Level.WARN);
    }

    private List<String> messages(Level level) {
        return log.list.stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
