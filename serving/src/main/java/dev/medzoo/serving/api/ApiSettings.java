package dev.medzoo.serving.api;

import dev.medzoo.serving.predict.PredictionRequestReader;
import java.time.Duration;

/**
 * Settings of the HTTP API.
 *
 * @param requestReader reads prediction requests
 * @param isPrometheus whether the Prometheus page is on
 * @param asyncResults maximum number of stored asynchronous answers
 * @param asyncResultsOfOne the same per client
 * @param asyncResultTime retention time of each
 * @param storeDownloads maximum concurrent downloads of store files per client
 * @param maxParts maximum number of parts of a form
 */
public record ApiSettings(
        PredictionRequestReader requestReader,
        Compatibility compatibility,
        boolean isPrometheus,
        int asyncResults,
        int asyncResultsOfOne,
        Duration asyncResultTime,
        int storeDownloads,
        int maxParts) {}
