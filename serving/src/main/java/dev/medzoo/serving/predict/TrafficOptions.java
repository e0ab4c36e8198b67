package dev.medzoo.serving.predict;

/**
 * How requests that name no version are divided.
 *
 * @param candidateShare of them, in percent, that {@code candidate} answers where there is one
 * @param shadowShare of them, in percent, that {@code candidate} computes too, unseen by the client
 * @param isRoundRobin whether, as in DJL Serving, the versions take turns instead
 */
public record TrafficOptions(int candidateShare, int shadowShare, boolean isRoundRobin) {}
