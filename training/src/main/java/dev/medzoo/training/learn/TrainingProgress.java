package dev.medzoo.training.learn;

/** Is told how a training run goes. */
public interface TrainingProgress {

    /** After every step. */
    void step(StepReport report);

    /** After every round, when its checkpoint is safe. */
    void round(RoundReport report);

    /** A sentence about the run. */
    void note(String sentence);
}
