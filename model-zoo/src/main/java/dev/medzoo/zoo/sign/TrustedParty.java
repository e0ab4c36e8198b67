package dev.medzoo.zoo.sign;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;

/** A trusted signer, and what it may sign. */
sealed interface TrustedParty permits TrustedKey, TrustedAuthority {
    /** Wildcard for all artifacts. */
    String ALL = "*";

    /** The name in the trust file. */
    String name();

    /** The artifacts that may be signed, or {@value #ALL}. */
    List<String> artifacts();

    /** Whether the index may be signed. */
    boolean index();

    /**
     * Verifies a bundle and identifies its signer.
     *
     * @throws GeneralSecurityException when this party did not sign it
     */
    Signer identify(Bundle bundle, Instant now) throws GeneralSecurityException;

    default boolean maySign(String artifact) {
        return artifacts().contains(ALL) || artifacts().contains(artifact);
    }
}
