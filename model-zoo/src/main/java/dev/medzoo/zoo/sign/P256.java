package dev.medzoo.zoo.sign;

import dev.medzoo.zoo.format.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * ECDSA on the curve P-256 with SHA-256, the only algorithm there is here. The encodings of its
 * keys have a fixed length, so that what comes before the numbers is compared and never parsed.
 */
final class P256 {
    static final String ALGORITHM = "SHA256withECDSA";

    private static final int NUMBER = 32;
    private static final int POINT = 1 + 2 * NUMBER;

    /** SubjectPublicKeyInfo up to the point, whose first byte 4 says that it is not compressed. */
    private static final byte[] BEFORE_PUBLIC =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    /** PKCS #8 up to the private number. */
    private static final byte[] BEFORE_PRIVATE =
            HexFormat.of()
                    .parseHex(
                            "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b"
                                    + "0201010420");

    /** PKCS #8 between the private number and the point. */
    private static final byte[] BEFORE_POINT = HexFormat.of().parseHex("a144034200");

    private P256() {}

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has P-256", e);
        }
    }

    /**
     * Reads a SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException for a key of another kind
     */
    static PublicKey publicKey(byte[] der) {
        if (!startsWith(der, BEFORE_PUBLIC) || der.length != BEFORE_PUBLIC.length + 2 * NUMBER) {
            throw new IllegalArgumentException(
                    "public key: unsupported kind (expected: ECDSA on P-256, not compressed)");
        }
        try {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "public key: %s (expected: a point on P-256)".formatted(e.getMessage()), e);
        }
    }

    /** Refuses a key of another kind. */
    static void check(PublicKey key) {
        publicKey(key.getEncoded());
    }

    /**
     * Reads a PKCS #8 key together with its public half.
     *
     * @throws IllegalArgumentException for a key of another kind, or when the halves do not fit
     */
    static KeyPair keyPair(byte[] der) {
        int point = BEFORE_PRIVATE.length + NUMBER + BEFORE_POINT.length;
        if (!startsWith(der, BEFORE_PRIVATE) || der.length != point + POINT) {
            throw new IllegalArgumentException(
                    "private key: unsupported kind (expected: PKCS #8 of ECDSA on P-256 with its"
                            + " public key, as openssl genpkey writes it)");
        }
        byte[] publicDer = join(BEFORE_PUBLIC, Arrays.copyOfRange(der, point + 1, der.length));
        try {
            PrivateKey secret =
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            KeyPair pair = new KeyPair(publicKey(publicDer), secret);
            if (!verifies(pair.getPublic(), der, sign(secret, der))) {
                throw new IllegalArgumentException(
                        "private key: does not match (expected: the private key of the public key"
                                + " beside it)");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "private key: %s (expected: one on P-256)".formatted(e.getMessage()), e);
        }
    }

    /** The PKCS #8 form that {@link #keyPair} reads. */
    static byte[] toDer(KeyPair pair) {
        byte[] number = ((ECPrivateKey) pair.getPrivate()).getS().toByteArray();
        byte[] secret = new byte[NUMBER];
        int length = Math.min(number.length, NUMBER);
        System.arraycopy(number, number.length - length, secret, NUMBER - length, length);
        byte[] spki = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(spki, spki.length - POINT, spki.length);
        return join(BEFORE_PRIVATE, secret, BEFORE_POINT, point);
    }

    /** {@code sha256:<hex>} of the public key's PEM text, which is how bundles name a key. */
    static String keyId(PublicKey key) {
        return Sha256.digest(pem(key).getBytes(StandardCharsets.US_ASCII));
    }

    static String pem(PublicKey key) {
        return new Pem(Pem.PUBLIC_KEY, key.getEncoded()).toString();
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "private key: %s (expected: one on P-256)".formatted(e.getMessage()), e);
        }
    }

    /** False for whatever is not this key's signature over these bytes. */
    static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length
                && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        Arrays.stream(parts).forEach(joined::put);
        return joined.array();
    }
}
