package dev.medzoo.serving.predict;

import java.time.Duration;

/**
 * Settings of prediction requests.
 *
 * @param timeout default and maximum for requests
 * @param isUnlikeRefused whether out-of-distribution pictures are refused
 * @param traffic how requests are split between versions
 */
public record PredictionSettings(
        Duration timeout, boolean isUnlikeRefused, TrafficOptions traffic) {}
