package dev.medzoo.serving.dicomweb;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why an instance, or all of them, have no report yet. Its message names no instance. */
final class NodeException extends Exception {
    private static final long serialVersionUID = 1;

    private final Remedy remedy;
    private final transient Duration wished;

    /** What may help. */
    enum Remedy {
        /** Nothing: the same will happen again. */
        NONE,
        /** To try this instance again later, a few times. */
        FEW_TRIES,
        /** To try this instance again later, until it succeeds. */
        LATER,
        /** To wait: no instance would fare better now. */
        WAIT
    }

    NodeException(Remedy remedy, String message) {
        this(remedy, message, Duration.ZERO, null);
    }

    /**
     * @param wished by the other side before the next try
     */
    NodeException(Remedy remedy, String message, Duration wished, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
        this.wished = wished;
    }

    Remedy remedy() {
        return remedy;
    }

    Duration wished() {
        return wished;
    }
}
