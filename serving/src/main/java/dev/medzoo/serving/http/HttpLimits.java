package dev.medzoo.serving.http;

import java.time.Duration;

/**
 * Limits on HTTP requests and connections.
 *
 * @param maxBodyBytes of one request
 * @param maxHeaderBytes of all headers of one request
 * @param requestTime from the first byte of a request to its last
 * @param idleTime after which an idle connection is closed
 * @param maxConnections at once
 * @param maxConnectionsPerAddress at once
 * @param leastDownloadRate minimum bytes per second at which a client must read a large response; 0
 *     for no minimum
 */
public record HttpLimits(
        int maxBodyBytes,
        int maxHeaderBytes,
        Duration requestTime,
        Duration idleTime,
        int maxConnections,
        int maxConnectionsPerAddress,
        int leastDownloadRate) {}
