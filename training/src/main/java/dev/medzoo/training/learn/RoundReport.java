package dev.medzoo.training.learn;

/**
 * One line of a training curve.
 *
 * @param round from 1: the steps between two looks at {@code val}
 * @param step of the optimiser that it ended with
 * @param loss mean training loss, in nats
 * @param macroF1 on {@code val}
 * @param balancedAccuracy on {@code val}
 * @param accuracy on {@code val}
 * @param valLoss on {@code val}, in nats
 * @param picturesPerSecond trained
 * @param waiting share of the time that the network waited for pictures
 */
public record RoundReport(
        int round,
        int step,
        double loss,
        double macroF1,
        double balancedAccuracy,
        double accuracy,
        double valLoss,
        double picturesPerSecond,
        double waiting) {}
