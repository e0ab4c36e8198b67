package dev.medzoo.serving.work;

import org.jspecify.annotations.Nullable;

/**
 * One served model version. Ordered by its text form.
 *
 * @param name under which it is served: the artifact's, unless it was registered under another
 * @param version {@code MAJOR.MINOR.PATCH}
 */
public record ServedVersion(String name, String version) implements Comparable<ServedVersion> {
    /**
     * Whether a request refers to it.
     *
     * @param asked the version that it names, or null for any
     */
    public boolean is(String askedName, @Nullable String asked) {
        return name.equals(askedName) && (asked == null || version.equals(asked));
    }

    @Override
    public int compareTo(ServedVersion other) {
        return name.equals(other.name)
                ? version.compareTo(other.version)
                : (name + "/").compareTo(other.name + "/");
    }

    /** {@code name/version}. */
    @Override
    public String toString() {
        return name + "/" + version;
    }
}
