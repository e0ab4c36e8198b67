package dev.medzoo.serving.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * One line of a tokens file.
 *
 * @param caller whose token it is
 * @param sha256 of the token, 64 hexadecimal digits in lower case
 */
record TokenEntry(Caller caller, String sha256) {
    static final String PREFIX = "sha256:";

    /** The entry of a token, which is not kept. */
    static TokenEntry of(Caller caller, String token) {
        return new TokenEntry(caller, sha256(token));
    }

    /** Compares a token's digest in constant time. */
    boolean isOf(String seenSha256) {
        return MessageDigest.isEqual(
                seenSha256.getBytes(StandardCharsets.US_ASCII),
                sha256.getBytes(StandardCharsets.US_ASCII));
    }

    static String sha256(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The line of the file. */
    @Override
    public String toString() {
        String roles =
                caller.roles().stream().sorted().map(Role::word).collect(Collectors.joining(","));
        return "%s %s %s%s".formatted(caller.id(), roles, PREFIX, sha256);
    }
}
