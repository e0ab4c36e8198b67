package dev.medzoo.serving.oip;

import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import java.time.Duration;

/**
 * How to serve over gRPC.
 *
 * @param host name or address to listen at
 * @param port 0 for any that is free
 * @param maxMessageBytes of a request
 * @param maxPictures in one request
 * @param drain how long calls may take to end when the server closes
 * @param credentials such as {@code TlsServerCredentials}
 */
public record GrpcOptions(
        String host,
        int port,
        int maxMessageBytes,
        int maxPictures,
        Duration drain,
        ServerCredentials credentials) {
    public GrpcOptions {
        check("port", port, 0, 65_535);
        check("max message bytes", maxMessageBytes, 1, Integer.MAX_VALUE);
        check("max pictures", maxPictures, 1, Integer.MAX_VALUE);
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain: " + drain + " (expected: at least 0)");
        }
    }

    /** Without TLS, 64 pictures a request, half a minute to drain. */
    public static GrpcOptions plain(String host, int port, int maxMessageBytes) {
        return new GrpcOptions(
                host,
                port,
                maxMessageBytes,
                64,
                Duration.ofSeconds(30),
                InsecureServerCredentials.create());
    }

    private static void check(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(
                    "%s: %d (expected: %d..%d)".formatted(name, value, from, to));
        }
    }
}
