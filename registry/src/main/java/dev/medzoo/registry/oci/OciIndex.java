package dev.medzoo.registry.oci;

import java.util.List;

/**
 * The OCI image index of a tar.
 *
 * @param schemaVersion 2, as OCI wants it
 * @param mediaType {@link MediaTypes#INDEX}
 * @param manifests the versions, then the store's own files
 */
record OciIndex(int schemaVersion, String mediaType, List<Descriptor> manifests) {
    OciIndex {
        check(schemaVersion, mediaType, MediaTypes.INDEX);
        manifests = List.copyOf(manifests);
    }

    static OciIndex of(List<Descriptor> manifests) {
        return new OciIndex(2, MediaTypes.INDEX, manifests);
    }

    /** {@code oci-layout}, which says what kind of folder this is. */
    record Layout(String imageLayoutVersion) {
        static final String VERSION = "1.0.0";

        Layout {
            if (!imageLayoutVersion.equals(VERSION)) {
                throw new IllegalArgumentException(
                        "imageLayoutVersion: %s (expected: %s)"
                                .formatted(imageLayoutVersion, VERSION));
            }
        }
    }

    static void check(int schemaVersion, String mediaType, String expected) {
        if (schemaVersion != 2 || !mediaType.equals(expected)) {
            throw new IllegalArgumentException(
                    "schema %d of %s (expected: 2 of %s)"
                            .formatted(schemaVersion, mediaType, expected));
        }
    }
}
