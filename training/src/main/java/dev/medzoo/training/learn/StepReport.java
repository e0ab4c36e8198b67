package dev.medzoo.training.learn;

import java.time.Duration;

/**
 * How far a run is after a step.
 *
 * @param step of the optimiser, from 1
 * @param steps of the whole run
 * @param round that it belongs to, from 1
 * @param loss mean of this round so far, in nats
 * @param picturesPerSecond of this round so far
 * @param left until the last step, as far as can be told
 */
public record StepReport(
        int step, int steps, int round, double loss, double picturesPerSecond, Duration left) {}
