package dev.medzoo.serving.oip;

import dev.medzoo.serving.http.Address;
import dev.medzoo.serving.http.ConnectionLimit;
import dev.medzoo.serving.http.HttpLimits;
import io.grpc.ServerCredentials;
import java.time.Duration;

/**
 * Options of the gRPC server.
 *
 * @param address to listen at
 * @param limits those of HTTP, which hold here too
 * @param connections how many there may be
 * @param maxPictures in one request
 * @param maxUnfinishedBytes of requests that are not complete yet, of all clients together; one
 *     client may have half of them
 * @param drain how long calls may take to end when the server closes
 * @param credentials such as {@code TlsServerCredentials}
 */
public record GrpcOptions(
        Address address,
        HttpLimits limits,
        ConnectionLimit connections,
        int maxPictures,
        long maxUnfinishedBytes,
        Duration drain,
        ServerCredentials credentials) {

    /**
     * A quarter of the heap, as memory outside of it has the heap's limit by default, but enough
     * for two requests of the largest size of each of two clients.
     *
     * @param maxMessageBytes of one request
     */
    public static long unfinishedBytes(int maxMessageBytes) {
        return Math.max(Runtime.getRuntime().maxMemory() / 4, 4L * maxMessageBytes);
    }
}
