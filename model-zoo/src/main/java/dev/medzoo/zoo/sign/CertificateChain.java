package dev.medzoo.zoo.sign;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The certificates of a signature: that of the signing key first, then each that signed the one
 * before.
 *
 * @param certificates at least one, all with keys on P-256
 */
record CertificateChain(List<X509Certificate> certificates) {
    private static final int LONGEST = 8;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final Set<Integer> EMAIL_DNS_URI = Set.of(1, 2, 6);

    CertificateChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty() || certificates.size() > LONGEST) {
            throw new IllegalArgumentException(
                    "certificates: %d (expected: 1..%d)".formatted(certificates.size(), LONGEST));
        }
        certificates.forEach(each -> P256.check(each.getPublicKey()));
    }

    /** Reads a PEM text of certificates and nothing else. */
    static CertificateChain parse(String pem) {
        List<Pem> blocks = Pem.parse(pem);
        for (Pem block : blocks) {
            if (!block.label().equals(Pem.CERTIFICATE)) {
                throw new IllegalArgumentException(
                        "PEM: %s (expected: %s)".formatted(block.label(), Pem.CERTIFICATE));
            }
        }
        return ofDer(blocks.stream().map(Pem::der).toList());
    }

    static CertificateChain ofDer(List<byte[]> certificates) {
        return new CertificateChain(
                certificates.stream().map(CertificateChain::certificate).toList());
    }

    /** Reads one certificate. */
    static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificate: not one (expected: X.509)", e);
        }
    }

    /** The key that signs. */
    PublicKey key() {
        return leaf().getPublicKey();
    }

    /**
     * Verifies that a root vouches for the first certificate and for its use now. Nothing is
     * fetched, revocation lists neither.
     *
     * @throws GeneralSecurityException saying why it does not
     */
    void verify(X509Certificate root, Instant now) throws GeneralSecurityException {
        checkUse();
        List<X509Certificate> path =
                certificates.stream().filter(each -> !each.equals(root)).toList();
        if (!path.contains(leaf())) {
            throw new CertificateException("the root itself signed");
        }
        for (X509Certificate each : path) {
            if (!each.getSigAlgName().equals(P256.ALGORITHM)) {
                throw new CertificateException(
                        "a certificate is signed by " + each.getSigAlgName());
            }
        }
        root.checkValidity(Date.from(now));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    }

    /** Whom the first certificate names: common name, addresses, host names, URIs. */
    Set<String> identities() throws CertificateException {
        Set<String> names = new TreeSet<>();
        try {
            for (Rdn part : new LdapName(leaf().getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(part.getValue()));
                }
            }
        } catch (InvalidNameException e) {
            throw new CertificateException("its subject is no name", e);
        }
        if (leaf().getSubjectAlternativeNames() != null) {
            for (List<?> alternative : leaf().getSubjectAlternativeNames()) {
                if (EMAIL_DNS_URI.contains(alternative.get(0))) {
                    names.add(String.valueOf(alternative.get(1)));
                }
            }
        }
        return names;
    }

    /** Signing must be among the uses that the certificate states. */
    private void checkUse() throws CertificateException {
        boolean[] usage = leaf().getKeyUsage();
        List<String> extended = leaf().getExtendedKeyUsage();
        boolean stated = usage != null || extended != null;
        boolean signs = usage == null || usage[0];
        boolean code = extended == null || extended.contains(CODE_SIGNING);
        if (!stated || !signs || !code) {
            throw new CertificateException("its uses are not signatures of code");
        }
    }

    private X509Certificate leaf() {
        return certificates.get(0);
    }
}
