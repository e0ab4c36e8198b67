package dev.medzoo.serving.audit;

import java.util.regex.Pattern;

/**
 * The log's hash of an input: HMAC-SHA256 under its own key. With the picture and the key one can
 * prove that it was submitted; the log alone only shows that two inputs were equal.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record InputHash(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public InputHash {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "input: " + hex + " (expected: 64 lower-case hexadecimal digits)");
        }
    }

    /** {@code hmac-sha256:<hex>}, as in the log. */
    @Override
    public String toString() {
        return "hmac-sha256:" + hex;
    }
}
