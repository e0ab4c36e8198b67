package dev.medzoo.serving.audit;

import java.util.regex.Pattern;

/**
 * What the log keeps of an input: HMAC-SHA256 under a key of its own. Who has the picture and the
 * key can tell whether it was asked about; who has the log alone can only tell that two inputs were
 * the same.
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
