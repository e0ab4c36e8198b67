package dev.medzoo.training.learn;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/**
 * Stops long work between two steps on shutdown of the JVM. Exiting while the engine computes would
 * crash and leave files half written.
 */
public final class GracefulStop {
    private final Semaphore engine = new Semaphore(1);
    private final String advice;
    private volatile boolean requested;

    /**
     * @param advice how to go on, such as "run the same command again"
     */
    public GracefulStop(String advice) {
        this.advice = advice;
    }

    /** Registers a shutdown hook that requests a stop and waits for the work to end. */
    public GracefulStop atShutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::request));
        return this;
    }

    /**
     * Starts work that calls {@link #check} between its steps.
     *
     * @throws CancellationException when a stop was requested
     */
    public void begin() {
        check();
        engine.acquireUninterruptibly();
    }

    /** Marks the work as ended. */
    public void end() {
        engine.release();
    }

    /** Requests a stop and waits until no work is running. */
    public void request() {
        requested = true;
        engine.acquireUninterruptibly();
    }

    /**
     * Checks for a requested stop.
     *
     * @throws CancellationException when it was, with the advice
     */
    public void check() {
        if (requested) {
            throw new CancellationException("stopped: " + advice);
        }
    }

    /** Progress that is passed on, with a check after each step. */
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
