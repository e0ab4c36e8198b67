package dev.medzoo.registry.oci;

import java.util.Map;

/** The types that {@link OciTar} documents. */
final class MediaTypes {
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String EMPTY = "application/vnd.oci.empty.v1+json";
    static final String ARTIFACT = "application/vnd.medzoo.artifact.v1";
    static final String STORE = "application/vnd.medzoo.store.v1";

    private static final Map<String, String> BY_ENDING =
            Map.of(
                    "params", "application/vnd.medzoo.params.v1",
                    "f32", "application/vnd.medzoo.f32.v1",
                    "json", "application/json",
                    "sig", "application/vnd.dev.sigstore.bundle.v0.3+json",
                    "png", "image/png",
                    "properties", "text/plain",
                    "txt", "text/plain");

    private MediaTypes() {}

    /** The type of a file, by the ending of its name. */
    static String of(String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1);
        return BY_ENDING.getOrDefault(ending, "application/octet-stream");
    }
}
