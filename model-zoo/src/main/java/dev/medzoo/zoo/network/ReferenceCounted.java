package dev.medzoo.zoo.network;

/**
 * Keeps a network's arrays until it is closed and the last computing thread has left. Freeing them
 * during a computation can crash the process.
 */
public final class ReferenceCounted implements AutoCloseable {
    private final Runnable free;
    private int inside;
    private boolean closed;
    private boolean freed;

    /**
     * @param free called once, at the end
     */
    public ReferenceCounted(Runnable free) {
        this.free = free;
    }

    /**
     * Enters a computation; {@link #leave} must follow.
     *
     * @throws IllegalStateException when it is closed
     */
    public synchronized void enter() {
        if (closed) {
            throw new IllegalStateException("network: closed (expected: open)");
        }
        inside++;
    }

    /** Leaves a computation. */
    public synchronized void leave() {
        inside--;
        freeWhenLeft();
    }

    /** Refuses new computations and returns at once; the last thread to leave frees the arrays. */
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
