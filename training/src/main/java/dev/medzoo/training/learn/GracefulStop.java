package dev.medzoo.training.learn;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/**
 * Ends long work between two steps when the Java machine is told to end. A machine that ends while
 * the engine computes would crash, and leave its files half written.
 */
public final class GracefulStop {
    private final Semaphore engine = new Semaphore(1);
    private final String advice;
    private volatile boolean asked;

    /**
     * @param advice how to go on, such as "the same command goes on from here"
     */
    public GracefulStop(String advice) {
        this.advice = advice;
    }

    /** From now on the end of the Java machine asks for it, and waits for the work to end. */
    public GracefulStop atShutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::ask));
        return this;
    }

    /**
     * Begins work that asks {@link #check} between its steps.
     *
     * @throws CancellationException when a stop was asked for
     */
    public void begin() {
        check();
        engine.acquireUninterruptibly();
    }

    /** Ends the work that was begun. */
    public void end() {
        engine.release();
    }

    /** Asks for a stop, and returns when no work is going on, nor will be. */
    public void ask() {
        asked = true;
        engine.acquireUninterruptibly();
    }

    /**
     * Goes on, unless a stop was asked for.
     *
     * @throws CancellationException when it was, with the advice
     */
    public void check() {
        if (asked) {
            throw new CancellationException("stopped: " + advice);
        }
    }

    /** Progress that is told on, with a check after each step. */
    public TrainingProgress watching(TrainingProgress progress) {
        return new TrainingProgress() {
            @Override
            public void step(StepReport report) {
                check();
                progress.step(report);
            }

            @Override
            public void round(RoundReport report) {
                progress.round(report);
            }

            @Override
            public void note(String sentence) {
                progress.note(sentence);
            }
        };
    }
}
