package dev.medzoo.serving.http;

import java.time.Duration;

/**
 * What one client may cost before a model is asked.
 *
 * @param maxBodyBytes of one request
 * @param maxHeaderBytes of all headers of one request
 * @param requestTime from the first byte of a request to its last
 * @param idleTime after which a connection on which nothing happens is closed
 * @param maxConnections at once
 * @param maxConnectionsPerAddress at once
 * @param leastDownloadRate bytes a second that a client takes of a large answer; 0 for any
 */
public record HttpLimits(
        int maxBodyBytes,
        int maxHeaderBytes,
        Duration requestTime,
        Duration idleTime,
        int maxConnections,
        int maxConnectionsPerAddress,
        int leastDownloadRate) {}
