package dev.medzoo.registry;

import java.io.IOException;

/** Someone else changed the store between reading its index and replacing it. */
public final class ChangedMeanwhileException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedMeanwhileException(String store) {
        super(
                "index.json: changed by someone else (expected: unchanged since it was read) in"
                        + " "
                        + store);
    }
}
