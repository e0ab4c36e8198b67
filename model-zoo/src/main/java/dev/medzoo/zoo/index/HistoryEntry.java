package dev.medzoo.zoo.index;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a store, in {@code history/<SHA-256 of its bytes>.json}. Each entry contains the
 * digest of the previous one, and the index that of the newest: the history is a hash chain.
 *
 * @param format of this record, {@value #FORMAT}
 * @param serial of the index that this change led to
 * @param time of the change
 * @param who made it
 * @param action what was done
 * @param name of the artifact, or null when the change is about none; so for version and digest
 * @param version of the artifact
 * @param digest of its manifest, {@code sha256:<hex>}
 * @param alias that was moved to the version, or null
 * @param from what the alias pointed to before, or null
 * @param reason that was given, or null
 * @param previous SHA-256 of the change before, or null for the first
 */
public record HistoryEntry(
        int format,
        long serial,
        Instant time,
        String who,
        Action action,
        @Nullable String name,
        @Nullable Version version,
        @Nullable String digest,
        @Nullable String alias,
        @Nullable Version from,
        @Nullable String reason,
        @Nullable String previous) {
    /** The current format. */
    public static final int FORMAT = 1;

    /** The folder of all of them. */
    public static final String FOLDER = "history/";

    /** Maximum size of an entry. */
    public static final int LARGEST_BYTES = 1 << 14;

    /** Kinds of changes. */
    public enum Action {
        @JsonProperty("publish")
        PUBLISH,
        @JsonProperty("promote")
        PROMOTE,
        @JsonProperty("rollback")
        ROLLBACK,
        @JsonProperty("deprecate")
        DEPRECATE,
        @JsonProperty("revoke")
        REVOKE,
        @JsonProperty("sign")
        SIGN,
        @JsonProperty("renew")
        RENEW
    }

    public HistoryEntry {
        Artifact.checkFormat(format, FORMAT);
        if (name != null) {
            ModelReference.checkName(name);
        }
        if (digest != null) {
            Sha256.checkDigest(digest);
        }
        if (who.isBlank()) {
            throw new IllegalArgumentException("who: blank (expected: a name)");
        }
        if (previous != null) {
            Sha256.checkHex(previous);
        }
    }

    /**
     * Reads one.
     *
     * @param where the store, for messages
     * @throws MalformedModelException naming the value that is wrong
     */
    public static HistoryEntry parse(byte[] json, String where) throws MalformedModelException {
        return Json.read(json, HistoryEntry.class, FOLDER, where);
    }

    /** Its bytes. Their SHA-256 is its name. */
    public byte[] toBytes() {
        return Json.write(this);
    }

    /** Path of an entry in the store. */
    public static String path(String sha256) {
        return FOLDER + sha256 + ".json";
    }
}
