package dev.medzoo.zoo.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in an object store a store is.
 *
 * @param bucket its name
 * @param prefix of the key of every file, empty or ending in {@code /}
 */
public record S3Location(String bucket, String prefix) {
    private static final Pattern FORM =
            Pattern.compile("(?i:s3)://([a-z0-9][a-z0-9.-]+[a-z0-9])((?:/[A-Za-z0-9._-]+)*)/?");

    /**
     * Reads {@code s3://bucket/prefix}.
     *
     * @throws IllegalArgumentException when it is of another form
     */
    public static S3Location parse(String location) {
        Matcher matcher = FORM.matcher(location);
        if (!matcher.matches() || location.contains("/./") || location.contains("/../")) {
            throw new IllegalArgumentException(
                    "store: %s (expected: s3://bucket or s3://bucket/prefix)".formatted(location));
        }
        String folders = matcher.group(2);
        return new S3Location(
                matcher.group(1), folders.isEmpty() ? "" : folders.substring(1) + "/");
    }

    /** The key of a file of the store. */
    public String key(String path) {
        return prefix + path;
    }

    /** The file of the store that has a key. */
    public String path(String key) {
        return key.substring(prefix.length());
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix;
    }
}
