package dev.medzoo.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class TlsSettingsTest {
    @TempDir private Path temp = Path.of("");

    @Test
    void haveDjlServingsKeysAndDefaults() {
        TlsSettings usual = TlsSettings.of(Map.of("keystore", "a.p12", "port", "8443"));

        assertThat(usual.source())
                .isEqualTo(new KeyStoreFile(Path.of("a.p12"), "changeit", "PKCS12"));
        assertThat(usual.clientAuth()).isEqualTo(ClientAuth.NONE);
        assertThat(usual.reload()).isEqualTo(Duration.ofMinutes(1));
        assertThat(usual.toString()).doesNotContain("changeit");
        assertThat(TlsSettings.of(values("certificate_file=a.pem private_key_file=a.key")).source())
                .isEqualTo(new PemFiles(Path.of("a.pem"), Path.of("a.key")));
        assertThat(
                        TlsSettings.of(
                                values(
                                        "keystore=a keystore_pass=b keystore_type=JKS"
                                                + " client_ca_file=c client_auth=require"
                                                + " tls_reload=5")))
                .isEqualTo(
                        new TlsSettings(
                                new KeyStoreFile(Path.of("a"), "b", "JKS"),
                                ClientAuth.REQUIRE,
                                Path.of("c"),
                                Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    keystore=                                  | keystore: '' (expected: a file)
                    certificate_file=a                         | private_key_file: none (expected: a file, as there is a certificate_file)
                    private_key_file=a                         | certificate_file: none (expected: a file, as there is a private_key_file)
                    keystore=a certificate_file=b              | keystore: with certificate_file or private_key_file (expected: by itself)
                    keystore=a client_auth=must                | client_auth: must (expected one of: [none, optional, require])
                    keystore=a client_auth=require             | client_ca_file: none (expected: certificates, as client_auth is require)
                    keystore=a client_ca_file=b                | client_auth: none (expected: optional or require, as client_ca_file is set)
                    keystore=a tls_reload=0                    | tls_reload: 0 (expected: 1..86400)
                    keystore=a tls_reload=soon client_auth=yes | client_auth: yes (expected one of: [none, optional, require]); tls_reload: soon (expected: 1..86400)
                    """)
    void sayWhatIsWrong(String values, String message) {
        assertThatThrownBy(() -> TlsSettings.of(values(values)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void withoutACertificateTheySayHowToMakeOneAndThatWorks() throws Exception {
        Throwable refused = catchThrowable(() -> TlsSettings.of(Map.of()));

        assertThat(refused).hasMessageStartingWith("keystore: none (expected: keystore, or");
        String command =
                String.valueOf(refused.getMessage()).replaceAll("(?s).*: (keytool.*)\\)", "$1");
        run(command);
        Path made = temp.resolve("medzoo.p12");
        try (ServerTls tls = ServerTls.open(TlsSettings.of(Map.of("keystore", made.toString())))) {
            assertThat(tls.expires()).isAfter(Instant.now().plus(Duration.ofDays(360)));
        }
    }

    @Test
    void filesThatAreNoneAreNamedAtTheStart() throws Exception {
        TestCertificates authority = new TestCertificates("root");
        TlsFolder folder = new TlsFolder(temp).write(authority.server());
        TestCertificates.Issued rsa =
                authority.server(
                        "RSA", Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));

        folder.replace(folder.key(), rsa.keyPem());
        fails(
                folder.settings(),
                "private_key_file: %s: no EC key (expected: the first certificate's",
                folder.key());
        folder.replace(folder.key(), folder.key().toString());
        fails(
                folder.settings(),
                "private_key_file: %s: PEM: none (expected: a block",
                folder.key());
        folder.replace(folder.key(), rsa.keyPem().replace("PRIVATE", "RSA PRIVATE"));
        fails(
                folder.settings(),
                "private_key_file: %s: [RSA PRIVATE KEY] (expected: one PRIVATE KEY; openssl pkcs8",
                folder.key());
        Files.delete(folder.key());
        fails(
                folder.settings(),
                "private_key_file: %s: no such file (expected: to be there)",
                folder.key());
        folder.replace(folder.certificates(), rsa.keyPem());
        folder.replace(folder.key(), rsa.keyPem());
        fails(
                folder.settings(),
                "certificate_file: %s: no certificate (expected: at least one)",
                folder.certificates());
        folder.replace(folder.certificates(), rsa.pem() + rsa.pem());
        fails(
                folder.settings(),
                "certificate_file: %s with "
                        + folder.key()
                        + ": certificate 2: of CN=localhost,O=hospital (expected: of CN=root",
                folder.certificates());
        folder.replace(
                folder.certificates(),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        fails(folder.settings(), "certificate_file: %s: ", folder.certificates());
    }

    @Test
    void keyStoresThatAreNoneAreNamedAtTheStart() throws Exception {
        Path file = temp.resolve("keystore");
        new TestCertificates("root").server().writeKeyStore(file, "secret", "PKCS12");

        fails(
                store(file, "wrong", "PKCS12"),
                "keystore: %s: keystore password was incorrect (expected:",
                file);
        fails(store(file, "secret", "P12"), "keystore_type: P12 (expected: PKCS12 or JKS)", file);
        Files.writeString(file, "no store");
        fails(store(file, "secret", "PKCS12"), "keystore: %s: ", file);
        fails(
                store(temp.resolve("none"), "secret", "PKCS12"),
                "keystore: %s: no such file",
                temp.resolve("none"));
    }

    private static TlsSettings store(Path file, String password, String type) {
        return new TlsSettings(
                new KeyStoreFile(file, password, type), ClientAuth.NONE, null, Duration.ofDays(1));
    }

    private static void fails(TlsSettings settings, String message, Path file) {
        assertThatThrownBy(() -> ServerTls.open(settings))
                .isInstanceOf(TlsException.class)
                .hasMessageStartingWith(message.formatted(file))
                .hasMessageContaining("(expected: ")
                .hasMessageNotContaining("secret");
    }

    private static Map<String, String> values(String line) {
        Map<String, String> values = new HashMap<>();
        for (String each : line.split(" ", -1)) {
            String[] parts = each.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        return values;
    }

    private void run(String line) throws Exception {
        List<String> command = new ArrayList<>(List.of(line.split(" ", -1)));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
        Process process = new ProcessBuilder(command).directory(temp.toFile()).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
