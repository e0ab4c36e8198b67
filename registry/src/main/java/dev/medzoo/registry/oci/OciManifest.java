package dev.medzoo.registry.oci;

import java.util.List;

/**
 * The OCI image manifest of a version or of the store's own files.
 *
 * @param schemaVersion 2, as OCI wants it
 * @param mediaType {@link MediaTypes#MANIFEST}
 * @param artifactType {@link MediaTypes#ARTIFACT} or {@link MediaTypes#STORE}
 * @param config {@link Descriptor#EMPTY}
 * @param layers one a file
 */
record OciManifest(
        int schemaVersion,
        String mediaType,
        String artifactType,
        Descriptor config,
        List<Descriptor> layers) {
    OciManifest {
        OciIndex.check(schemaVersion, mediaType, MediaTypes.MANIFEST);
        if (!config.equals(Descriptor.EMPTY)) {
            throw new IllegalArgumentException(
                    "config: %s (expected: OCI's empty config)".formatted(config));
        }
        layers = List.copyOf(layers);
    }

    static OciManifest of(String artifactType, List<Descriptor> layers) {
        return new OciManifest(2, MediaTypes.MANIFEST, artifactType, Descriptor.EMPTY, layers);
    }
}
