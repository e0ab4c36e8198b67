package dev.medzoo.zoo.sign;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.zoo.format.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that a trust file trusts.
 *
 * @param name of who has it
 * @param publicKey PEM
 * @param artifacts that it may sign, or {@code *} for every one
 * @param index whether it may sign the index
 * @param from the first instant at which it is trusted, such as {@code 2026-01-01T00:00:00Z}, or
 *     null
 * @param until the instant from which on it is not, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrustedKey(
        String name,
        String publicKey,
        List<String> artifacts,
        boolean index,
        @Nullable String from,
        @Nullable String until)
        implements TrustedParty {
    public TrustedKey {
        artifacts = List.copyOf(artifacts);
        key(publicKey);
        checkInstant("from", from);
        checkInstant("until", until);
    }

    /** Trusts a key from now on and without end. */
    public static TrustedKey of(
            String name, SigningKey key, List<String> artifacts, boolean index) {
        return new TrustedKey(name, key.publicPem(), artifacts, index, null, null);
    }

    /** What stands in a trust file. */
    public String toJson() {
        return new String(Json.write(this), StandardCharsets.UTF_8);
    }

    @Override
    public Signer identify(Bundle bundle, Instant now) throws GeneralSecurityException {
        PublicKey key = key(publicKey);
        String keyId = P256.keyId(key);
        if (!bundle.keyId().equals(keyId)) {
            throw new SignatureException(keyId);
        }
        if (from != null && now.isBefore(Instant.parse(from))) {
            throw new SignatureException("not before " + from);
        }
        if (until != null && !now.isBefore(Instant.parse(until))) {
            throw new SignatureException("only until " + until);
        }
        if (!bundle.dsseEnvelope().isSignedBy(key)) {
            throw new SignatureException("a signature that verifies");
        }
        return new Signer(name, keyId);
    }

    private static PublicKey key(String pem) {
        return P256.publicKey(Pem.parse(pem, Pem.PUBLIC_KEY));
    }

    private static void checkInstant(String field, @Nullable String instant) {
        try {
            if (instant != null) {
                Instant.parse(instant);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: such as 2026-01-01T00:00:00Z)".formatted(field, instant), e);
        }
    }
}
