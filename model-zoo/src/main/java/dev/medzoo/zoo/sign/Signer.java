package dev.medzoo.zoo.sign;

/**
 * A verified signer.
 *
 * @param name in the trust file; of a certificate, whom it names and which authority says so
 * @param keyId {@code sha256:<hex>} of the signing key's PEM text
 */
public record Signer(String name, String keyId) {}
