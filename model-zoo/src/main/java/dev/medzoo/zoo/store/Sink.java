package dev.medzoo.zoo.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a file go, in order, as they come. */
@FunctionalInterface
interface Sink {
    /**
     * Takes all of the next bytes.
     *
     * @return whether it wants more; when not, the rest is never fetched
     */
    boolean take(ByteBuffer bytes) throws IOException;
}
