package dev.medzoo.translate.finding;

/**
 * Identifies a model. The digest distinguishes two builds of one version.
 *
 * @param name as in the store, for example {@code pretrained-skin}
 * @param version {@code MAJOR.MINOR.PATCH}
 * @param digest of the artifact's manifest
 */
public record ModelIdentity(String name, String version, String digest) {
    public ModelIdentity {
        check("name", name);
        check("version", version);
        check("digest", digest);
    }

    private static void check(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "model " + field + ": \"" + value + "\" (expected: not blank)");
        }
    }
}
