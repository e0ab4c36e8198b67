package dev.medzoo.serving.tls;

import dev.medzoo.serving.reload.Reloader;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.3 and 1.2 for a server's connections, by the JDK. It polls the certificate files: new
 * connections use a changed certificate, existing ones keep theirs. Invalid files or expired
 * certificates change nothing and are logged once per reason.
 *
 * <pre>{@code
 * try (ServerTls tls = ServerTls.open(TlsSettings.of(settings))) {
 *     tls.addTo(channel.pipeline());
 * }
 * }</pre>
 */
public final class ServerTls implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration WARNED_BEFORE = Duration.ofDays(14);

    private final TlsSettings settings;
    private final Clock clock;
    private final Reloader reloader;
    private volatile Active active;
    private Instant warnedOf = Instant.MIN;

    /**
     * State of new connections.
     *
     * @param clients who believes their certificates, or null when none is asked for one
     */
    private record Active(
            SslContext context,
            ServerCertificate certificate,
            @Nullable X509ExtendedTrustManager clients,
            String digest) {}

    private ServerTls(TlsSettings settings, Clock clock, Active first) {
        this.settings = settings;
        this.clock = clock;
        active = first;
        announce(first.certificate());
        reloader =
                new Reloader(
                                this::look,
                                logger,
                                "invalid TLS files, keeping the current certificate",
                                "valid TLS files again")
                        .every(settings.reload(), "medzoo-tls");
    }

    /**
     * Reads the files now and at each interval.
     *
     * @throws TlsException naming the file that is wrong
     */
    public static ServerTls open(TlsSettings settings) throws TlsException {
        return open(settings, Clock.systemUTC());
    }

    static ServerTls open(TlsSettings settings, Clock clock) throws TlsException {
        TlsFiles files = TlsFiles.read(settings.files());
        return new ServerTls(settings, clock, load(settings, files, clock));
    }

    /** Adds the TLS handlers of a new connection. They must be the first of its pipeline. */
    public void addTo(ChannelPipeline pipeline) {
        SslHandler handler = active.context().newHandler(pipeline.channel().alloc());
        pipeline.addLast(new NoRenegotiation(handler)).addLast(handler);
    }

    /** The key manager, for a server with its own TLS handlers. */
    public KeyManager keyManager() {
        return new ReloadingKeyManager(() -> active.certificate());
    }

    /** The trust manager for such a server, empty without client authentication. */
    public Optional<TrustManager> trustManager() {
        return Optional.ofNullable(active.clients())
                .map(
                        first ->
                                new ReloadingTrustManager(
                                        () -> Objects.requireNonNull(active.clients())));
    }

    public ClientAuth clientAuth() {
        return settings.clientAuth();
    }

    /** When the current certificate expires. */
    public Instant expires() {
        return active.certificate().expires();
    }

    /**
     * The subject of the client's certificate after the handshake.
     *
     * @return such as {@code CN=alice,O=hospital} (RFC 2253); empty when the client showed none
     */
    public static Optional<String> clientName(SslHandler handler) {
        try {
            X509Certificate first =
                    (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
            return Optional.of(first.getSubjectX500Principal().getName());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** Stops polling the files. Connections go on. */
    @Override
    public void close() {
        reloader.close();
    }

    private static Active load(TlsSettings settings, TlsFiles files, Clock clock)
            throws TlsException {
        ServerCertificate certificate = settings.source().read(files.contents());
        certificate.checkTime(clock.instant());
        X509ExtendedTrustManager clients = clients(settings, files);
        SslContext context = ServerContext.of(certificate, settings.clientAuth(), clients);
        return new Active(context, certificate, clients, files.digest());
    }

    private static @Nullable X509ExtendedTrustManager clients(TlsSettings settings, TlsFiles files)
            throws TlsException {
        Path file = settings.clientCaFile();
        byte[] contents = files.contents().get(TlsSettings.CLIENT_CA_FILE);
        return file == null || contents == null
                ? null
                : ClientTrustManager.in(
                        PemFiles.certificates(contents, TlsSettings.CLIENT_CA_FILE, file),
                        TlsSettings.CLIENT_CA_FILE + ": " + file);
    }

    private void look() throws TlsException {
        TlsFiles files = TlsFiles.read(settings.files());
        if (files.digest().equals(active.digest())) {
            warnOfExpiry(active.certificate());
        } else {
            active = load(settings, files, clock);
            announce(active.certificate());
        }
    }

    private void announce(ServerCertificate certificate) {
        logger.info("certificate of {}", certificate);
        warnOfExpiry(certificate);
    }

    /** Warns once per certificate that expires soon. */
    private void warnOfExpiry(ServerCertificate certificate) {
        Instant expires = certificate.expires();
        if (!expires.equals(warnedOf) && clock.instant().plus(WARNED_BEFORE).isAfter(expires)) {
            logger.warn("certificate of {}: replace it before it expires", certificate);
            warnedOf = expires;
        }
    }
}
