package dev.medzoo.registry;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What says that someone is writing a version, in {@code <name>/.claim-<version>}.
 *
 * @param digest of the manifest that is written, or null while the version is removed
 * @param since when
 * @param session a random name, so that no two claims have the same bytes
 */
record Claim(@Nullable String digest, Instant since, String session) {
    /** The most that one may have. */
    static final int LARGEST_BYTES = 1 << 12;

    /** After this a claim is its maker's no more. */
    static final Duration LEASE = Duration.ofHours(1);

    /** What its maker does with it is over by then; the rest is for clocks that differ. */
    static final Duration WORK = Duration.ofMinutes(45);

    static Claim parse(byte[] json, String path, String where) throws IOException {
        try {
            return Json.read(json, Claim.class, path, where);
        } catch (MalformedModelException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    byte[] toBytes() {
        return Json.write(this);
    }

    /** Whether it is not valid any more. */
    boolean isOver(Instant now) {
        return since.plus(LEASE).isBefore(now);
    }

    /** Whether it ends too soon to write anything more. */
    boolean isLate(Instant now) {
        return since.plus(WORK).isBefore(now);
    }
}
