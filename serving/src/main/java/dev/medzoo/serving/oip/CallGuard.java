package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Authorises and rate-limits gRPC calls. Asked before a message is read, of every call but those
 * that say no more than whether the server is there, and what it is.
 */
@FunctionalInterface
public interface CallGuard {
    /** Lets everybody in. */
    CallGuard OPEN = (call, isPrediction) -> null;

    /**
     * Returns for a call that may go on. May not block.
     *
     * @param isPrediction whether it asks for findings
     * @return the id of the token it came with, or null
     * @throws RefusedException for one that may not
     */
    @Nullable String admit(GrpcCall call, boolean isPrediction) throws RefusedException;
}
