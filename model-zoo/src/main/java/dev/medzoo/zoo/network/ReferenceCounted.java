package dev.medzoo.zoo.network;

/**
 * Holds what a network computes with until it is closed and the last thread that computes has left.
 * Freed under a thread that computes, it can end the process.
 */
public final class ReferenceCounted implements AutoCloseable {
    private final Runnable free;
    private int inside;
    private boolean closed;
    private boolean freed;

    /**
     * @param free called once, in the end
     */
    public ReferenceCounted(Runnable free) {
        this.free = free;
    }

    /**
     * Begins to compute; {@link #leave} must follow.
     *
     * @throws IllegalStateException when it is closed
     */
    public synchronized void enter() {
        if (closed) {
            throw new IllegalStateException("network: closed (expected: open)");
        }
        inside++;
    }

    /** Has computed. */
    public synchronized void leave() {
        inside--;
        freeWhenLeft();
    }

    /** Lets nobody in any more, and waits for nobody: who leaves last frees. */
    @Override
    public synchronized void close() {
        closed = true;
        freeWhenLeft();
    }

    private void freeWhenLeft() {
        if (closed && inside == 0 && !freed) {
            freed = true;
            free.run();
        }
    }
}
