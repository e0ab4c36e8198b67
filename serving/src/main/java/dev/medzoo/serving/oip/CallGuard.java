package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;

/** Says who may ask for findings over gRPC, and how often. Asked before a message is read. */
@FunctionalInterface
public interface CallGuard {
    /** Lets everybody in. */
    CallGuard OPEN = call -> {};

    /**
     * Returns for a call that may go on. May not block.
     *
     * @throws RefusedException for one that may not
     */
    void check(GrpcCall call) throws RefusedException;
}
