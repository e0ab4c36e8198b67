package dev.medzoo.translate.report;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** New unique identifiers of the form {@code 2.25.<UUID as a number>} (PS3.5 annex B.2). */
public final class Uid {
    private static final String ROOT = "2.25.";
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Uid() {}

    /** Creates a random UID. */
    public static String random() {
        UUID uuid = UUID.randomUUID();
        return of(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /**
     * Derives a stable UID from names: a UUID of version 8 (RFC 9562) made of their SHA-256.
     *
     * @param names hashed in UTF-8, each prefixed by its length
     */
    public static String named(String... names) {
        MessageDigest sha256 = sha256();
        for (String name : names) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            sha256.update(bytes);
        }
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        long high = (digest.getLong() & ~0xf000L) | VERSION_8;
        long low = (digest.getLong() & ~(0xc000L << 48)) | VARIANT;
        return of(high, low);
    }

    private static String of(long high, long low) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        return ROOT + new BigInteger(1, bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: none (expected: in every Java)", e);
        }
    }
}
