package dev.medzoo.serving.watch;

import dev.medzoo.serving.watch.ErrorRates.Limit;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Settings of logs, metrics and traces.
 *
 * @param isAccessLogged whether each answer has a line in the log
 * @param otlpEndpoint collector that takes OTLP over HTTP, without its path; null for none
 * @param workerFailures how many requests may find no worker, or null for any number
 * @param serverFailures how many others may fail, or null for any number
 * @param anyFailures how many of both together, or null for any number
 */
public record WatchSettings(
        boolean isAccessLogged,
        @Nullable URI otlpEndpoint,
        @Nullable Limit workerFailures,
        @Nullable Limit serverFailures,
        @Nullable Limit anyFailures) {}
