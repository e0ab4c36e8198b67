package dev.medzoo.training;

/**
 * One line of a training curve.
 *
 * @param epoch from 1
 * @param loss mean training loss, in nats
 * @param macroF1 on {@code val}
 * @param balancedAccuracy on {@code val}
 * @param accuracy on {@code val}
 * @param picturesPerSecond trained
 * @param waiting share of the time that the network waited for pictures
 */
public record EpochReport(
        int epoch,
        double loss,
        double macroF1,
        double balancedAccuracy,
        double accuracy,
        double picturesPerSecond,
        double waiting) {}
