package dev.medzoo.zoo.sign;

import ai.djl.MalformedModelException;
import java.util.SortedMap;

/**
 * {@value #FILE} beside an artifact's files: OpenSSF Model Signing 1.0 over every one of them, the
 * manifest included.
 */
public final class ModelSignature {
    /** The signature's file, the only one that is not signed. */
    public static final String FILE = "model.sig";

    /** Maximum size. */
    public static final int LARGEST_BYTES = Bundle.LARGEST_BYTES;

    private static final String PREDICATE = "https://model_signing/signature/v1.0";

    private ModelSignature() {}

    /**
     * Signs an artifact.
     *
     * @param name of the model, which informs and is not verified
     * @param sha256ByPath of every file of its folder but {@value #FILE}, in their natural order
     * @return the bytes of {@value #FILE}
     */
    public static byte[] sign(String name, SortedMap<String, String> sha256ByPath, SigningKey key) {
        SignedFiles files = SignedFiles.of(sha256ByPath);
        return Bundle.sign(Statement.of(name, files.rootDigest(), PREDICATE, files), key);
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

    /** Checks that the files are exactly those in the statement. */
    static void check(Bundle bundle, SortedMap<String, String> sha256ByPath, String where)
            throws MalformedModelException {
        Statement statement = Statement.read(bundle, PREDICATE, FILE, where);
        SignedFiles signed = statement.predicate(SignedFiles.class, FILE, where);
        if (!statement.only().sha256().equals(signed.rootDigest())) {
            throw new MalformedModelException(
                    "%s: subject's sha256 %s (expected: %s) in %s"
                            .formatted(
                                    FILE, statement.only().sha256(), signed.rootDigest(), where));
        }
        signed.check(sha256ByPath, where);
    }
}
