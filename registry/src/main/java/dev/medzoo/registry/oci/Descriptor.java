package dev.medzoo.registry.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What OCI says of a blob.
 *
 * @param artifactType of a manifest in an index, else null
 * @param digest {@code sha256:<hex>}
 * @param size in bytes
 * @param annotations exactly one, or null for the configuration
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Descriptor(
        String mediaType,
        @Nullable String artifactType,
        String digest,
        long size,
        @Nullable Map<String, String> annotations) {
    static final String TITLE = "org.opencontainers.image.title";
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** The configuration of what has none: its content is the two bytes of {@link #NOTHING}. */
    static final Descriptor EMPTY;

    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    static {
        EMPTY = new Descriptor(MediaTypes.EMPTY, null, Sha256.digest(NOTHING), 2, null);
    }

    Descriptor {
        Sha256.checkDigest(digest);
        if (size < 0 || size > ArtifactFiles.LARGEST_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "size: %d of %s (expected: 0..%d)"
                            .formatted(size, digest, ArtifactFiles.LARGEST_FILE_BYTES));
        }
        if (annotations != null) {
            annotations = Map.copyOf(annotations);
        }
    }

    /** A file of a version or of the store. */
    static Descriptor layer(String path, String sha256, long size) {
        return new Descriptor(
                MediaTypes.of(path), null, "sha256:" + sha256, size, Map.of(TITLE, path));
    }

    /** A manifest, as the index lists it. */
    static Descriptor manifest(String artifactType, String refName, byte[] json) {
        return new Descriptor(
                MediaTypes.MANIFEST,
                artifactType,
                Sha256.digest(json),
                json.length,
                Map.of(REF_NAME, refName));
    }

    /** The two bytes that {@link #EMPTY} describes. */
    static byte[] nothing() {
        return NOTHING.clone();
    }

    /** 64 hexadecimal digits, the name of the blob. */
    String sha256() {
        return Sha256.hexOf(digest);
    }

    /**
     * The value of its only annotation.
     *
     * @throws IllegalArgumentException when it has another one, more or none
     */
    String annotation(String name) {
        String value = annotations == null ? null : annotations.get(name);
        if (value == null || annotations == null || annotations.size() > 1) {
            throw new IllegalArgumentException(
                    "annotations: %s (expected: only %s)".formatted(annotations, name));
        }
        return value;
    }
}
