package dev.medzoo.zoo.sign;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Sha256;

/**
 * {@value #FILE} beside a store's index: a bundle of the same form as a model's, whose statement is
 * of another type, so that neither passes for the other.
 */
public final class IndexSignature {
    /** What is signed, as messages name it. */
    public static final String FILE = "index.json";

    /** Maximum size. */
    public static final int LARGEST_BYTES = Bundle.LARGEST_BYTES;

    private static final String SUBJECT = "index.json";
    private static final String PREDICATE = "urn:medzoo:index:v1";

    /**
     * What is said of an index.
     *
     * @param serial its own
     */
    private record Predicate(long serial) {
        private Predicate {
            if (serial < 0) {
                throw new IllegalArgumentException("serial: " + serial + " (expected: at least 0)");
            }
        }
    }

    private IndexSignature() {}

    /**
     * Signs an index.
     *
     * @param index the bytes of {@code index.json}
     * @param serial its own
     * @return the bytes of {@value #FILE}
     */
    public static byte[] sign(byte[] index, long serial, SigningKey key) {
        return Bundle.sign(
                Statement.of(SUBJECT, Sha256.hex(index), PREDICATE, new Predicate(serial)), key);
    }

    /**
     * The key id that the bundle claims, unverified.
     *
     * @return {@code sha256:<hex>}
     * @throws MalformedModelException when it is no bundle
     */
    public static String claimedKeyId(byte[] bundle, String where) throws MalformedModelException {
        return Bundle.read(bundle, FILE, where).keyId();
    }

    /** Checks that the statement is about this index. */
    static void check(Bundle bundle, byte[] index, String where) throws MalformedModelException {
        Statement statement = Statement.read(bundle, PREDICATE, FILE, where);
        statement.predicate(Predicate.class, FILE, where);
        String sha256 = Sha256.hex(index);
        if (!statement.only().name().equals(SUBJECT) || !statement.only().sha256().equals(sha256)) {
            throw new MalformedModelException(
                    "%s: signs %s of sha256 %s (expected: %s of %s) in %s"
                            .formatted(
                                    FILE,
                                    statement.only().name(),
                                    statement.only().sha256(),
                                    SUBJECT,
                                    sha256,
                                    where));
        }
    }
}
