package dev.medzoo.serving.tls;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses TLS settings and collects their faults. */
final class TlsSettingsReader {
    private static final int LONGEST_SECONDS = 86_400;

    /** There is no certificate that a client could trust without being told, so none is made. */
    private static final String NONE =
            "keystore: none (expected: keystore, or certificate_file and private_key_file, to serve"
                    + " https; one to try with: keytool -genkeypair -alias medzoo -keyalg EC"
                    + " -groupname secp256r1 -validity 365 -dname CN=localhost"
                    + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -storepass changeit"
                    + " -keystore medzoo.p12)";

    private final Map<String, String> values;
    private final List<String> faults = new ArrayList<>();

    TlsSettingsReader(Map<String, String> values) {
        this.values = values;
    }

    TlsSettings settings() {
        CertificateSource source = source();
        ClientAuth auth = clientAuth();
        Path clientCaFile = path(TlsSettings.CLIENT_CA_FILE);
        Duration reload = reload();
        if (source == null || !faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return new TlsSettings(source, auth, clientCaFile, reload);
    }

    private @Nullable CertificateSource source() {
        Path keyStore = path(KeyStoreFile.KEYSTORE);
        Path certificates = path(PemFiles.CERTIFICATE_FILE);
        Path key = path(PemFiles.PRIVATE_KEY_FILE);
        if (keyStore != null && (certificates != null || key != null)) {
            faults.add("keystore: with certificate_file or private_key_file (expected: by itself)");
        }
        if (keyStore != null) {
            return new KeyStoreFile(
                    keyStore, text("keystore_pass", "changeit"), text("keystore_type", "PKCS12"));
        }
        if (certificates != null && key != null) {
            return new PemFiles(certificates, key);
        }
        if (certificates == null && key == null) {
            faults.add(NONE);
        } else {
            faults.add(
                    "%s: none (expected: a file, as there is a %s)"
                            .formatted(
                                    key == null
                                            ? PemFiles.PRIVATE_KEY_FILE
                                            : PemFiles.CERTIFICATE_FILE,
                                    key == null
                                            ? PemFiles.CERTIFICATE_FILE
                                            : PemFiles.PRIVATE_KEY_FILE));
        }
        return null;
    }

    private ClientAuth clientAuth() {
        String word = text("client_auth", ClientAuth.NONE.word());
        Optional<ClientAuth> auth = ClientAuth.of(word);
        if (auth.isEmpty()) {
            faults.add("client_auth: %s (expected one of: %s)".formatted(word, ClientAuth.words()));
        }
        return auth.orElse(ClientAuth.NONE);
    }

    private Duration reload() {
        String text = text("tls_reload", "60");
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= LONGEST_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // Reported with the numbers that are out of range.
        }
        faults.add("tls_reload: %s (expected: 1..%d)".formatted(text, LONGEST_SECONDS));
        return Duration.ofSeconds(LONGEST_SECONDS);
    }

    private @Nullable Path path(String key) {
        String text = values.get(key);
        try {
            if (text == null) {
                return null;
            }
            if (!text.isBlank()) {
                return Path.of(text.strip());
            }
        } catch (InvalidPathException e) {
            // Reported with the blank ones.
        }
        faults.add("%s: '%s' (expected: a file)".formatted(key, text));
        return null;
    }

    private String text(String key, String usual) {
        return values.getOrDefault(key, usual).strip();
    }
}
