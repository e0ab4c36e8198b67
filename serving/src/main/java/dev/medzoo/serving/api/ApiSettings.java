package dev.medzoo.serving.api;

import dev.medzoo.serving.predict.PredictionRequestReader;
import java.time.Duration;

/**
 * How the routes answer.
 *
 * @param asking how requests say what they want
 * @param isPrometheus whether there is a page for Prometheus
 * @param asyncResults that are kept at once
 * @param asyncResultsOfOne the same of one client
 * @param asyncResultTime for which each is kept
 * @param storeDownloads of files of the store to one client at a time
 * @param maxParts of a form
 */
public record ApiSettings(
        PredictionRequestReader asking,
        Compatibility compatibility,
        boolean isPrometheus,
        int asyncResults,
        int asyncResultsOfOne,
        Duration asyncResultTime,
        int storeDownloads,
        int maxParts) {}
