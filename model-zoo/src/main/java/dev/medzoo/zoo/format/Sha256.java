package dev.medzoo.zoo.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 as this project writes it: 64 lower-case hexadecimal digits. */
public final class Sha256 {
    private static final String PREFIX = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    /** The digest of some bytes, 64 digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** The digest of a file, 64 digits, whatever its size. */
    public static String hex(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** {@code sha256:<hex>}, the form of an artifact's identity. */
    public static String digest(byte[] bytes) {
        return PREFIX + hex(bytes);
    }

    /** The hexadecimal part of a digest. */
    public static String hexOf(String digest) {
        return digest.substring(PREFIX.length());
    }

    /** Whether a text is 64 lower-case hexadecimal digits. */
    public static boolean isHex(String text) {
        return HEX.matcher(text).matches();
    }

    public static void checkHex(String hex) {
        if (!isHex(hex)) {
            throw new IllegalArgumentException(
                    "sha256: " + hex + " (expected: 64 lower-case hexadecimal digits)");
        }
    }

    public static void checkDigest(String digest) {
        if (!digest.startsWith(PREFIX) || !HEX.matcher(hexOf(digest)).matches()) {
            throw new IllegalArgumentException(
                    "digest: "
                            + digest
                            + " (expected: sha256: and 64 lower-case hexadecimal digits)");
        }
    }
}
