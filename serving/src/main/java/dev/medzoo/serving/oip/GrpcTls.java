package dev.medzoo.serving.oip;

import dev.medzoo.serving.tls.ServerTls;
import dev.medzoo.serving.tls.TlsSettings;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS for gRPC, with the certificates of the HTTP addresses. A change of the server's own takes
 * effect with the next connection, one of those who vouch for clients with the next start.
 */
public final class GrpcTls {
    private GrpcTls() {}

    /**
     * How the server shows itself.
     *
     * @param tls or null for none
     * @throws IOException when the clients' authorities cannot be read
     */
    public static ServerCredentials of(@Nullable ServerTls tls) throws IOException {
        if (tls == null) {
            return InsecureServerCredentials.create();
        }
        TlsServerCredentials.Builder credentials =
                TlsServerCredentials.newBuilder().keyManager(tls.keyManager());
        TlsSettings settings = tls.settings();
        Path clients = settings.clientCaFile();
        if (clients != null) {
            credentials.trustManager(clients.toFile()).clientAuth(auth(settings));
        }
        return credentials.build();
    }

    private static TlsServerCredentials.ClientAuth auth(TlsSettings settings) {
        return switch (settings.clientAuth()) {
            case NONE -> TlsServerCredentials.ClientAuth.NONE;
            case OPTIONAL -> TlsServerCredentials.ClientAuth.OPTIONAL;
            case REQUIRE -> TlsServerCredentials.ClientAuth.REQUIRE;
        };
    }
}
