package dev.medzoo.zoo.sign;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;

/** Whom a trust file trusts, and with what. */
sealed interface TrustedParty permits TrustedKey, TrustedAuthority {
    /** In the list of artifacts: every one. */
    String ALL = "*";

    /** The name in the trust file. */
    String name();

    /** The artifacts that may be signed, or {@value #ALL}. */
    List<String> artifacts();

    /** Whether the index may be signed. */
    boolean index();

    /**
     * Finds out who signed a bundle, and verifies the signature.
     *
     * @throws GeneralSecurityException saying why it is not this one's
     */
    Signer identify(Bundle bundle, Instant now) throws GeneralSecurityException;

    default boolean maySign(String artifact) {
        return artifacts().contains(ALL) || artifacts().contains(artifact);
    }
}
