package dev.medzoo.zoo.dcnn;

import ai.djl.ndarray.NDManager;

/**
 * Holds a network's arrays until it is closed and the last thread that computes with them has left.
 * Freed under a thread that computes, they can end the process.
 */
public final class OpenUntilLeft implements AutoCloseable {
    private final NDManager arrays;
    private int inside;
    private boolean closed;
    private boolean freed;

    /**
     * @param arrays closed in the end
     */
    public OpenUntilLeft(NDManager arrays) {
        this.arrays = arrays;
    }

    /**
     * Begins to compute; {@link #leave} must follow.
     *
     * @throws IllegalStateException when it is closed
     */
    synchronized void enter() {
        if (closed) {
            throw new IllegalStateException("network: closed (expected: open)");
        }
        inside++;
    }

    synchronized void leave() {
        inside--;
        freeWhenLeft();
    }

    /** Lets nobody in any more, and waits for nobody: who leaves last frees the arrays. */
    @Override
    public synchronized void close() {
        closed = true;
        freeWhenLeft();
    }

    private void freeWhenLeft() {
        if (closed && inside == 0 && !freed) {
            freed = true;
            arrays.close();
        }
    }
}
