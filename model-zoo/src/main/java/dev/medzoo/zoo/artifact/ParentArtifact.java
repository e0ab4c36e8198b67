package dev.medzoo.zoo.artifact;

import dev.medzoo.zoo.format.Sha256;

/**
 * The artifact whose weights a training started from.
 *
 * @param digest of its manifest, {@code sha256:<hex>}
 */
public record ParentArtifact(String name, Version version, String digest) {
    public ParentArtifact {
        ModelReference.checkName(name);
        Sha256.checkDigest(digest);
    }
}
