/**
 * Who vouches for an artifact and for an index: signatures in the form of OpenSSF Model Signing 1.0
 * (a Sigstore bundle around a DSSE envelope around an in-toto statement), by a key or by a
 * certificate, always ECDSA on P-256 with SHA-256.
 *
 * <p>Start at {@link dev.medzoo.zoo.sign.TrustPolicy}, which verifies, and {@link
 * dev.medzoo.zoo.sign.ModelSignature}, which signs. The cryptography is the JDK's: {@code
 * dev.sigstore:sigstore-java} refuses bundles that are signed by plain keys and those without an
 * entry in a transparency log.
 */
@NullMarked
package dev.medzoo.zoo.sign;

import org.jspecify.annotations.NullMarked;
