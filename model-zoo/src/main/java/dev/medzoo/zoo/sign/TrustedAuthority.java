package dev.medzoo.zoo.sign;

import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An authority whose certificates a trust file trusts for some subjects.
 *
 * @param name of the authority
 * @param certificate its root, PEM
 * @param subjects whom its certificates may name: a common name, an address, a host name or a URI,
 *     exactly so
 * @param artifacts that they may sign, or {@code *} for every one
 * @param index whether they may sign the index
 */
public record TrustedAuthority(
        String name,
        String certificate,
        List<String> subjects,
        List<String> artifacts,
        boolean index)
        implements TrustedParty {
    public TrustedAuthority {
        subjects = List.copyOf(subjects);
        artifacts = List.copyOf(artifacts);
        if (root(certificate).getBasicConstraints() < 0) {
            throw new IllegalArgumentException(
                    "certificate: %s may not sign certificates (expected: a certificate authority)"
                            .formatted(name));
        }
    }

    @Override
    public Signer identify(Bundle bundle, Instant now) throws GeneralSecurityException {
        if (bundle.verificationMaterial().x509CertificateChain() == null) {
            throw new SignatureException("a certificate");
        }
        CertificateChain chain = bundle.verificationMaterial().chain();
        chain.verify(root(certificate), now);
        Set<String> names = chain.identities();
        Optional<String> subject = names.stream().filter(subjects::contains).findFirst();
        if (subject.isEmpty()) {
            throw new SignatureException("one of %s, not %s".formatted(subjects, names));
        }
        if (!bundle.dsseEnvelope().isSignedBy(chain.key())) {
            throw new SignatureException("a signature that verifies");
        }
        return new Signer("%s (%s)".formatted(subject.get(), name), bundle.keyId());
    }

    private static X509Certificate root(String pem) {
        byte[] der = Pem.parse(pem, Pem.CERTIFICATE);
        return CertificateChain.ofDer(List.of(der)).certificates().get(0);
    }
}
