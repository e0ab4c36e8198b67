package dev.medzoo.serving.oip;

import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import java.time.Duration;

/**
 * How to serve over gRPC.
 *
 * @param host name or address to listen at
 * @param port 0 for any that is free
 * @param limits of what clients may cost
 * @param drain how long calls may take to end when the server closes
 * @param credentials such as {@code TlsServerCredentials}
 */
public record GrpcOptions(
        String host, int port, GrpcLimits limits, Duration drain, ServerCredentials credentials) {
    public GrpcOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain: " + drain + " (expected: at least 0)");
        }
    }

    /** Without TLS, half a minute to drain. */
    public static GrpcOptions plain(String host, int port, GrpcLimits limits) {
        return new GrpcOptions(
                host, port, limits, Duration.ofSeconds(30), InsecureServerCredentials.create());
    }
}
