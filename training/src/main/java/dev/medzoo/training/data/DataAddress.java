package dev.medzoo.training.data;

import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.CachedStore;
import org.jspecify.annotations.Nullable;

/**
 * Where on a network a recipe's data set lies, and which one it is. The digest is required, since a
 * recipe says all of a training: what lies at an address can change.
 *
 * @param at {@code http(s)} or {@code s3} address of the folder that holds {@code manifest.csv}
 * @param sha256 of {@code manifest.csv}, 64 digits
 */
public record DataAddress(String at, String sha256) {
    public DataAddress {
        if (!CachedStore.isAddress(at)) {
            throw new IllegalArgumentException(
                    "at: %s (expected: an http(s) or s3 address)".formatted(at));
        }
        if (!Sha256.isHex(sha256)) {
            throw new IllegalArgumentException(
                    "sha256: %s (expected: that of %s/manifest.csv, 64 lower-case hexadecimal digits)"
                            .formatted(sha256, at));
        }
    }

    /**
     * Of a recipe's two entries.
     *
     * @return null if there is neither
     * @throws IllegalArgumentException if there is one alone
     */
    static @Nullable DataAddress of(String name, @Nullable String at, @Nullable String sha256) {
        if (at == null && sha256 == null) {
            return null;
        }
        if (at == null || sha256 == null) {
            throw new IllegalArgumentException(
                    "%s: at: %s, sha256: %s (expected: both, the second of manifest.csv, or neither)"
                            .formatted(name, at, sha256));
        }
        return new DataAddress(at, sha256);
    }
}
