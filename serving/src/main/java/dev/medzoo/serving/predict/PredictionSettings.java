package dev.medzoo.serving.predict;

import java.time.Duration;

/**
 * How requests are answered.
 *
 * @param timeout for requests that bring none, and the longest for those that do
 * @param isUnlikeRefused whether there are no findings of pictures unlike the training ones
 * @param traffic how the versions divide them
 */
public record PredictionSettings(
        Duration timeout, boolean isUnlikeRefused, TrafficOptions traffic) {}
