package dev.medzoo.serving.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Key and certificates in one key store.
 *
 * @param file with one private key ({@code keystore})
 * @param password of the store and of the key ({@code keystore_pass})
 * @param type such as PKCS12 or JKS ({@code keystore_type})
 */
public record KeyStoreFile(Path file, String password, String type) implements CertificateSource {
    static final String KEYSTORE = "keystore";

    @Override
    public Map<String, Path> files() {
        return Map.of(KEYSTORE, file);
    }

    @Override
    public ServerCertificate read(Map<String, byte[]> contents) throws TlsException {
        KeyStore store = open(Objects.requireNonNull(contents.get(KEYSTORE)));
        try {
            String alias = onlyKey(store);
            PrivateKey key = (PrivateKey) store.getKey(alias, password.toCharArray());
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate each : store.getCertificateChain(alias)) {
                chain.add((X509Certificate) each);
            }
            return ServerCertificate.of(key, chain, "keystore: " + file);
        } catch (GeneralSecurityException e) {
            throw new TlsException(
                    "keystore: %s: %s (expected: a key that keystore_pass opens)"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private KeyStore open(byte[] bytes) throws TlsException {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(new ByteArrayInputStream(bytes), password.toCharArray());
            return store;
        } catch (KeyStoreException e) {
            throw new TlsException("keystore_type: " + type + " (expected: PKCS12 or JKS)", e);
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException(
                    "keystore: %s: %s (expected: a %s store that keystore_pass opens)"
                            .formatted(file, e.getMessage(), type),
                    e);
        }
    }

    private String onlyKey(KeyStore store) throws KeyStoreException, TlsException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new TlsException(
                    "keystore: %s: private keys %s (expected: one)".formatted(file, keys));
        }
        return keys.get(0);
    }

    /** Without the password, which belongs in no log. */
    @Override
    public String toString() {
        return "%s (%s)".formatted(file, type);
    }
}
