package dev.medzoo.training;

/** Is told how a training run goes. */
public interface TrainingProgress {

    /** After every step. */
    void step(StepReport report);

    /** After every epoch, when its checkpoint is safe. */
    void epoch(EpochReport report);

    /** A sentence about the run. */
    void note(String sentence);
}
