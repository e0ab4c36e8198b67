package dev.medzoo.zoo.index;

import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Sha256;

/**
 * A resolved {@link ModelReference}.
 *
 * @param digest of its manifest, {@code sha256:<hex>}
 */
public record IndexEntry(String name, Version version, String digest) {
    public IndexEntry {
        ModelReference.checkName(name);
        Sha256.checkDigest(digest);
    }

    /** {@code <name>/<version>}, its folder in the store. */
    public String folder() {
        return name + "/" + version;
    }

    /** The identity in findings. */
    public ModelIdentity identity() {
        return new ModelIdentity(name, version.toString(), digest);
    }
}
