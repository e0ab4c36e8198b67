package dev.medzoo.serving;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set about a server. The names in brackets are those of properties files
 * and options; in the environment they are in upper case after {@code MEDZOO_}.
 *
 * @param host name or address to listen on ({@code host}, default 127.0.0.1)
 * @param port to listen on, 0 for any that is free ({@code port}, default 8080)
 * @param store where the models are, or null for what {@code Store.fromSettings} finds ({@code
 *     store})
 * @param workers of each stable model version, each predicting one picture at a time ({@code
 *     workers}, default: the cores)
 * @param threads of the engine for one prediction ({@code threads}, default 1: many workers of one
 *     thread answer more pictures a second, one worker of many answers the single one sooner)
 * @param jobQueueSize requests that may wait for a worker of one model version ({@code
 *     job_queue_size}, default 100: a few seconds' work, where DJL Serving's 1000 is a minute's)
 * @param maxRequestBytes of one request's body ({@code max_request_size}, default 64 MiB)
 * @param drainTimeout how long a stopping server finishes what it has begun ({@code drain_timeout}
 *     in seconds, default 30)
 * @param idleTimeout after which a connection that sends nothing is closed ({@code idle_timeout} in
 *     seconds, default 60)
 * @param storeRefresh after which the store's index is read again ({@code store_refresh} in
 *     seconds, default 30)
 */
public record ServerSettings(
        String host,
        int port,
        @Nullable String store,
        int workers,
        int threads,
        int jobQueueSize,
        int maxRequestBytes,
        Duration drainTimeout,
        Duration idleTimeout,
        Duration storeRefresh) {
    public ServerSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: blank (expected: a name or an address)");
        }
        Setting.PORT.check(port);
        Setting.WORKERS.check(workers);
        Setting.THREADS.check(threads);
        Setting.JOB_QUEUE_SIZE.check(jobQueueSize);
        Setting.MAX_REQUEST_SIZE.check(maxRequestBytes);
        Setting.DRAIN_TIMEOUT.check(drainTimeout.toSeconds());
        Setting.IDLE_TIMEOUT.check(idleTimeout.toSeconds());
        Setting.STORE_REFRESH.check(storeRefresh.toSeconds());
    }

    /**
     * Reads the settings from three places. An option goes before the environment, and that before
     * the file.
     *
     * @param file a properties file, or null when there is none
     * @param environment as {@link System#getenv()} gives it; only {@code MEDZOO_…} is looked at
     * @param options by name, such as {@code port}
     * @throws SettingsException with every unknown name and every wrong value of all three places
     */
    public static ServerSettings read(
            @Nullable Path file, Map<String, String> environment, Map<String, String> options)
            throws SettingsException {
        return new SettingsReader(file, environment, options).settings();
    }
}
