package dev.medzoo.zoo.sign;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DSSE envelope: an in-toto statement and one signature over it and its type.
 *
 * @param payload the statement in base64
 * @param payloadType {@value #IN_TOTO}
 * @param signatures one
 */
record Envelope(String payload, String payloadType, List<Signature> signatures) {
    private static final String IN_TOTO = "application/vnd.in-toto+json";

    /**
     * One signature.
     *
     * @param sig DER of the two numbers, in base64
     * @param keyid not used: the bundle names the key
     */
    record Signature(String sig, @Nullable String keyid) {
        Signature {
            Base64.getDecoder().decode(sig);
        }
    }

    Envelope {
        if (!payloadType.equals(IN_TOTO)) {
            throw new IllegalArgumentException(
                    "payloadType: %s (expected: %s)".formatted(payloadType, IN_TOTO));
        }
        signatures = List.copyOf(signatures);
        if (signatures.size() != 1) {
            throw new IllegalArgumentException(
                    "signatures: %d (expected: one)".formatted(signatures.size()));
        }
        Base64.getDecoder().decode(payload);
    }

    static Envelope of(byte[] statement, SigningKey key) {
        Base64.Encoder base64 = Base64.getEncoder();
        Signature signature = new Signature(base64.encodeToString(key.sign(signed(statement))), "");
        return new Envelope(base64.encodeToString(statement), IN_TOTO, List.of(signature));
    }

    byte[] statement() {
        return Base64.getDecoder().decode(payload);
    }

    boolean isSignedBy(PublicKey key) {
        byte[] signature = Base64.getDecoder().decode(signatures.get(0).sig());
        return P256.verifies(key, signed(statement()), signature);
    }

    /** DSSE's pre-authentication encoding: type and payload, each after its length in bytes. */
    private static byte[] signed(byte[] statement) {
        String head = "DSSEv1 %d %s %d ".formatted(IN_TOTO.length(), IN_TOTO, statement.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(statement);
        return bytes.toByteArray();
    }
}
