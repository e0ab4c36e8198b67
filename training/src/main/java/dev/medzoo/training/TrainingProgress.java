package dev.medzoo.training;

import java.time.Duration;

/** Is told how a training run goes. */
public interface TrainingProgress {

    /**
     * After every step.
     *
     * @param epoch from 1
     * @param epochs of the whole run
     * @param done pictures of this epoch seen
     * @param all pictures of this epoch
     * @param loss mean of this epoch so far
     * @param picturesPerSecond of this epoch so far
     * @param left until the last epoch, as far as can be told
     */
    void step(
            int epoch,
            int epochs,
            int done,
            int all,
            double loss,
            double picturesPerSecond,
            Duration left);

    /** After every epoch, when its checkpoint is safe. */
    void epoch(EpochReport report);

    /** A sentence about the run. */
    void note(String sentence);
}
