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

    /** After this its maker makes it anew before the next file. */
    static final Duration FRESH = Duration.ofMinutes(15);

    /** After this its maker gives up; the rest is for a long last file, and clocks that differ. */
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

    /** Whether it was made longer ago than that. */
    boolean isOlder(Duration age, Instant now) {
        return since.plus(age).isBefore(now);
    }
}
