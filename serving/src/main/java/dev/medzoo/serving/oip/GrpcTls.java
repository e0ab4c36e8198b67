package dev.medzoo.serving.oip;

import dev.medzoo.serving.tls.ClientAuth;
import dev.medzoo.serving.tls.ServerTls;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import org.jspecify.annotations.Nullable;

/**
 * TLS for gRPC, with the certificates of the HTTP addresses. What changes in their files takes
 * effect with the next connection.
 */
public final class GrpcTls {
    private GrpcTls() {}

    /**
     * How the server shows itself.
     *
     * @param tls or null for none
     */
    public static ServerCredentials of(@Nullable ServerTls tls) {
        if (tls == null) {
            return InsecureServerCredentials.create();
        }
        TlsServerCredentials.Builder credentials =
                TlsServerCredentials.newBuilder().keyManager(tls.keyManager());
        tls.trustManager()
                .ifPresent(
                        clients ->
                                credentials
                                        .trustManager(clients)
                                        .clientAuth(auth(tls.clientAuth())));
        return credentials.build();
    }

    private static TlsServerCredentials.ClientAuth auth(ClientAuth asked) {
        return switch (asked) {
            case NONE -> TlsServerCredentials.ClientAuth.NONE;
            case OPTIONAL -> TlsServerCredentials.ClientAuth.OPTIONAL;
            case REQUIRE -> TlsServerCredentials.ClientAuth.REQUIRE;
        };
    }
}
