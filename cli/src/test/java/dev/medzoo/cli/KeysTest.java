package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.sign.SigningKey;
import dev.medzoo.zoo.sign.TrustFile;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.sign.TrustedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making and showing keys. */
@Tag("jdk")
class KeysTest {
    /** Of a P-256 key nobody has any more. */
    private static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBnDCCAUGgAwIBAgIUNSdeO9dO+gdBlatN4KQHC5d1M4wwCgYIKoZIzj0EAwIw
            IzERMA8GA1UECgwIaG9zcGl0YWwxDjAMBgNVBAMMBWFsaWNlMB4XDTI2MTEyMzEy
            NTIyMFoXDTM2MTEyMDEyNTIyMFowIzERMA8GA1UECgwIaG9zcGl0YWwxDjAMBgNV
            BAMMBWFsaWNlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEH/PRGOWouvkH+o6M
            5bMTplo+7VLIoHD8531e3oUf5pi2vGCU6CqLSFbVkXsW4yumrwAATyMgETix+Vrm
            5HFwu6NTMFEwHQYDVR0OBBYEFLd5a/ikYaUyDJ+eyp5+jU39W/qBMB8GA1UdIwQY
            MBaAFLd5a/ikYaUyDJ+eyp5+jU39W/qBMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI
            zj0EAwIDSQAwRgIhAM7bBpa0iYuSHApGG4S0sVSMqwPhkF7hTdtXrMfhs3+DAiEA
            2LduPTse6wjDF5j3kGj2b8YsYXLn1/s1KlF35xV07Hk=
            -----END CERTIFICATE-----
            """;

    @TempDir private Path temp = Path.of("");

    @Test
    void makesAKeyAndSaysWhatATrustFileSaysOfIt() throws Exception {
        Path file = temp.resolve("ana.pem");

        CommandRun made = CommandRun.of("keys", "new", file.toString());

        String keyId = SigningKey.read(file).keyId();
        assertThat(made.exitCode()).isZero();
        assertThat(made.outLines().get(0)).isEqualTo(keyId);
        String signer = made.out().substring(made.out().indexOf('{'));
        Path trust = temp.resolve("trust.json");
        Files.writeString(
                trust, "{\"format\": 1, \"authorities\": [], \"signers\": [" + signer + "]}");
        assertThat(TrustPolicy.read(trust).demanded()).isTrue();
        assertThat(signer).contains("\"name\" : \"ana\"").doesNotContain("PRIVATE");
    }

    @Test
    void addsAKeyToATrustFile() throws Exception {
        String ana = temp.resolve("ana.pem").toString();
        String bob = temp.resolve("bob.pem").toString();
        Path file = temp.resolve("trust.json");
        for (String key : List.of(ana, bob)) {
            CommandRun.of("keys", "new", key);
        }

        CommandRun first =
                CommandRun.of("keys", "trust", ana + ".pub", file.toString(), "--name", "ana");
        CommandRun second =
                CommandRun.ofLine(
                        "keys trust %s.pub %s --name bob --for skin,eye --not-the-index"
                                .formatted(bob, file));

        assertThat(first.err() + second.err()).isEmpty();
        TrustFile trust = TrustFile.read(file);
        assertThat(trust.signers()).extracting(TrustedKey::name).containsExactly("ana", "bob");
        assertThat(trust.signers().get(0).artifacts()).containsExactly("*");
        assertThat(trust.signers().get(1).artifacts()).containsExactly("skin", "eye");
        assertThat(trust.signers().get(1).index()).isFalse();
        assertThat(first.out()).contains("trusts ana: " + SigningKey.read(Path.of(ana)).keyId());
    }

    @Test
    void showsEitherHalf() {
        Path file = temp.resolve("ana.pem");
        String keyId = CommandRun.of("keys", "new", file.toString()).outLines().get(0);

        CommandRun secret = CommandRun.of("keys", "show", file.toString());
        CommandRun open = CommandRun.of("keys", "show", file + ".pub");

        assertThat(secret.outLines())
                .startsWith(keyId, "private key", "-----BEGIN PUBLIC KEY-----");
        assertThat(open.outLines()).startsWith(keyId, "public key", "-----BEGIN PUBLIC KEY-----");
        assertThat(secret.out()).doesNotContain("BEGIN PRIVATE");
    }

    @Test
    void showsWhomACertificateNames() throws IOException {
        Path file = Files.writeString(temp.resolve("alice.pem"), CERTIFICATE);

        CommandRun shown = CommandRun.of("keys", "show", file.toString());

        assertThat(shown.outLines())
                .startsWith(
                        "sha256:8f5bf01f7bba0aa53e9f748d43ee7f2fea171b4fbc5410b1c0ab3cf3ffda127a",
                        "certificate of CN=alice,O=hospital");
    }

    @Test
    void neverOverwritesAKey() throws IOException {
        Path file = temp.resolve("ana.pem");
        CommandRun.of("keys", "new", file.toString());
        String before = Files.readString(file);

        fails(CommandRun.of("keys", "new", file.toString()), "ana.pem.pub: already exists");
        assertThat(file).hasContent(before);
    }

    @Test
    void makesNoKeyInsideAStore() throws IOException {
        Path deep = Files.createDirectories(temp.resolve("store/tiny/1.0.0"));
        Files.writeString(temp.resolve("store/index.json"), "{}");
        Path link = Files.createSymbolicLink(temp.resolve("link"), deep);

        for (Path folder : new Path[] {deep, link, temp.resolve("store")}) {
            fails(
                    CommandRun.of("keys", "new", folder.resolve("ana.pem").toString()),
                    "ana.pem in the store "
                            + temp.toRealPath().resolve("store")
                            + " (expected: outside of every store)");
        }
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("text.pem"), "no key\n");

        fails(
                CommandRun.of("keys", "show", file.toString()),
                "PEM: none (expected: a block that starts with -----BEGIN) in " + file);
        fails(
                CommandRun.of("keys", "show", temp.resolve("none").toString()),
                "none: no such file or folder");
        fails(
                CommandRun.of("keys", "new", temp.resolve("none/ana.pem").toString()),
                "none: no such file or folder");
    }

    @Test
    void keysByItselfIsWrongUsage() {
        CommandRun keys = CommandRun.of("keys");

        assertThat(keys.exitCode()).isEqualTo(2);
        assertThat(keys.errLines())
                .containsExactly(
                        "medzoo: command: none (expected: new, show or trust)",
                        "See: medzoo keys --help");
        assertThat(CommandRun.of("keys", "new", "--help").out()).contains("Example", "--verbose");
    }

    private static void fails(CommandRun run, String message) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains(message);
    }
}
