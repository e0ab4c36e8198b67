package dev.medzoo.registry;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lease on a version that is being written or removed, in {@code <name>/.claim-<version>}.
 *
 * @param digest of the manifest that is written, or null while the version is removed
 * @param since when
 * @param session a random name, so that no two claims have the same bytes
 */
record Claim(@Nullable String digest, Instant since, String session) {
    /** Maximum size. */
    static final int LARGEST_BYTES = 1 << 12;

    /** Age at which a claim expires. */
    static final Duration LEASE = Duration.ofHours(1);

    /** Age at which its owner renews it before the next file. */
    static final Duration FRESH = Duration.ofMinutes(15);

    /**
     * Age at which its owner gives up; the rest is reserve for a long last file and for clock skew.
     */
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

    /** Whether it is older than that. */
    boolean isOlder(Duration age, Instant now) {
        return since.plus(age).isBefore(now);
    }
}
