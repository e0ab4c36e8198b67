package dev.medzoo.registry.oci;

import dev.medzoo.zoo.index.StoreIndex;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a store belongs to no version: its index, the index's signature, the history. */
final class StoreFiles {
    /** What OCI calls them together. */
    static final String REF_NAME = "store";

    private static final Pattern FORM =
            Pattern.compile("index\\.json|(signatures|history)/([0-9a-f]{64})\\.json");

    private StoreFiles() {}

    /** Refuses a path that none of them has. */
    static void checkForm(String path) {
        if (!FORM.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "path: %s (expected: index.json, signatures/… or history/…)".formatted(path));
        }
    }

    /**
     * Refuses them when the index is missing, a signature is another index's, or an entry of the
     * history is not the one that its name says.
     */
    static void check(Map<String, Descriptor> files) {
        Descriptor index = files.get(StoreIndex.FILE);
        if (index == null) {
            throw new IllegalArgumentException(
                    "%s: absent (expected: the store's index)".formatted(StoreIndex.FILE));
        }
        files.forEach(
                (path, file) -> {
                    checkForm(path);
                    Matcher name = FORM.matcher(path);
                    if (name.matches() && name.group(2) != null) {
                        boolean history = name.group(1).equals("history");
                        checkName(path, name.group(2), history ? file : index);
                    }
                });
    }

    private static void checkName(String path, String sha256, Descriptor named) {
        if (!named.sha256().equals(sha256)) {
            throw new IllegalArgumentException(
                    "path: %s (expected: named by sha256 %s)".formatted(path, named.sha256()));
        }
    }
}
