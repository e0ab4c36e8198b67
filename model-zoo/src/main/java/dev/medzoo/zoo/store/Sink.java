package dev.medzoo.zoo.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Consumes the bytes of a file in order. */
@FunctionalInterface
interface Sink {
    /**
     * Consumes the next bytes.
     *
     * @return whether it wants more; when not, the rest is never fetched
     */
    boolean take(ByteBuffer bytes) throws IOException;
}
