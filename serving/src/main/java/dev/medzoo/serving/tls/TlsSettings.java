package dev.medzoo.serving.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * TLS settings of a server.
 *
 * @param source of its key and certificates
 * @param clientAuth whether clients show theirs ({@code client_auth}, default none)
 * @param clientCaFile PEM certificates of those who vouch for clients, or null when no client is
 *     asked ({@code client_ca_file})
 * @param reload after which the files are looked at again ({@code tls_reload} in seconds, default
 *     60)
 */
public record TlsSettings(
        CertificateSource source,
        ClientAuth clientAuth,
        @Nullable Path clientCaFile,
        Duration reload) {
    /** The names of the settings that {@link #of} reads. */
    public static final List<String> KEYS =
            List.of(
                    KeyStoreFile.KEYSTORE,
                    "keystore_pass",
                    "keystore_type",
                    PemFiles.CERTIFICATE_FILE,
                    PemFiles.PRIVATE_KEY_FILE,
                    TlsSettings.CLIENT_CA_FILE,
                    "client_auth",
                    "tls_reload");

    static final String CLIENT_CA_FILE = "client_ca_file";

    public TlsSettings {
        if (clientAuth != ClientAuth.NONE && clientCaFile == null) {
            throw new IllegalArgumentException(
                    "client_ca_file: none (expected: certificates, as client_auth is %s)"
                            .formatted(clientAuth.word()));
        }
        if (clientAuth == ClientAuth.NONE && clientCaFile != null) {
            // Else someone believes that clients are asked.
            throw new IllegalArgumentException(
                    "client_auth: none (expected: optional or require, as client_ca_file is set)");
        }
        if (reload.isNegative() || reload.isZero()) {
            throw new IllegalArgumentException("tls_reload: " + reload + " (expected: > 0)");
        }
    }

    /**
     * Reads them from settings. A {@code keystore} has the password {@code changeit} and the type
     * {@code PKCS12} where nothing else is said, as DJL Serving's has.
     *
     * @param values by the names in {@link #KEYS}; others are passed over
     * @throws IllegalArgumentException with all faults; without any certificate, with how to make
     *     one
     */
    public static TlsSettings of(Map<String, String> values) {
        return new TlsSettingsReader(values).settings();
    }

    /** Every file that is read, under the name of its setting. */
    Map<String, Path> files() {
        Map<String, Path> files = new TreeMap<>(source.files());
        if (clientCaFile != null) {
            files.put(CLIENT_CA_FILE, clientCaFile);
        }
        return files;
    }
}
