package dev.medzoo.zoo.sign;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;

/**
 * A Sigstore bundle: a signed statement, and what is needed to find out by whom.
 *
 * @param mediaType {@value #MEDIA_TYPE}
 */
record Bundle(String mediaType, VerificationMaterial verificationMaterial, Envelope dsseEnvelope) {
    /** What a bundle may have at most. */
    static final int LARGEST_BYTES = 1 << 20;

    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    Bundle {
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw new IllegalArgumentException(
                    "mediaType: %s (expected: %s)".formatted(mediaType, MEDIA_TYPE));
        }
    }

    /** Signs a statement. */
    static byte[] sign(Statement statement, SigningKey key) {
        return Json.write(
                new Bundle(MEDIA_TYPE, key.material(), Envelope.of(Json.write(statement), key)));
    }

    /**
     * Reads a bundle; its signature is not verified yet.
     *
     * @throws MalformedModelException naming what is wrong with it
     */
    static Bundle read(byte[] json, String file, String where) throws MalformedModelException {
        if (json.length > LARGEST_BYTES) {
            throw new MalformedModelException(
                    "%s: %d bytes (expected: at most %d) in %s"
                            .formatted(file, json.length, LARGEST_BYTES, where));
        }
        return Json.read(json, Bundle.class, file, where);
    }

    /** Whose key this claims to be signed with, {@code sha256:<hex>}. */
    String keyId() {
        return verificationMaterial.keyId();
    }
}
