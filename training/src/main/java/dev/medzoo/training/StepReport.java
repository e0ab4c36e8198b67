package dev.medzoo.training;

import java.time.Duration;

/**
 * How far an epoch is after a step.
 *
 * @param epoch from 1
 * @param epochs of the whole run
 * @param done pictures of this epoch seen
 * @param all pictures of this epoch
 * @param loss mean of this epoch so far, in nats
 * @param picturesPerSecond of this epoch so far
 * @param left until the last epoch, as far as can be told
 */
public record StepReport(
        int epoch,
        int epochs,
        int done,
        int all,
        double loss,
        double picturesPerSecond,
        Duration left) {}
