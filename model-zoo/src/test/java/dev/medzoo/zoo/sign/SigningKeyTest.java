package dev.medzoo.zoo.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.OthersFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeyTest {
    @TempDir private Path temp = Path.of("");

    @Test
    void isReadAsItWasWritten() throws IOException {
        SigningKey key = SigningKey.generate();
        Path file = temp.resolve("ana.pem");
        key.write(file);

        assertThat(SigningKey.read(file).keyId()).isEqualTo(key.keyId());
        assertThat(Path.of(file + ".pub")).hasContent(key.publicPem().stripTrailing());
        assertThat(Sha256.digest(Files.readAllBytes(Path.of(file + ".pub"))))
                .isEqualTo(key.keyId());
    }

    @Test
    void onlyTheOwnerReadsThePrivateHalf() throws IOException {
        Path file = temp.resolve("ana.pem");
        SigningKey.generate().write(file);

        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void isReadOfNoFileThatOthersReadOrOwn() throws IOException {
        Path file = temp.toRealPath().resolve("ana.pem");
        SigningKey.generate().write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> SigningKey.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "key: %s: permissions rw-r--r-- (expected: rw-------; chmod 600 %s)"
                                .formatted(file, file));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String fault = OthersFile.make(file);
        assertThatThrownBy(() -> SigningKey.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("key: " + fault);
    }

    @Test
    void neverOverwrites() throws IOException {
        Path file = temp.resolve("ana.pem");
        SigningKey.generate().write(file);
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SigningKey.generate().write(file))
                .isInstanceOf(FileAlreadyExistsException.class);
        Files.delete(Path.of(file + ".pub"));
        assertThatThrownBy(() -> SigningKey.generate().write(file))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(file.toString());
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void describesEitherHalf() throws IOException {
        SigningKey key = SigningKey.generate();
        Path file = temp.resolve("ana.pem");
        key.write(file);

        assertThat(KeyDescription.read(file))
                .isEqualTo(new KeyDescription("private key", key.keyId(), key.publicPem(), null));
        assertThat(KeyDescription.read(Path.of(file + ".pub")))
                .isEqualTo(new KeyDescription("public key", key.keyId(), key.publicPem(), null));
    }

    @Test
    void describesACertificate() throws Exception {
        TestAuthority root = TestAuthority.root("hospital");
        Path file = temp.resolve("root.pem");
        Files.writeString(file, root.pem());

        KeyDescription description = KeyDescription.read(file);
        assertThat(description.kind()).isEqualTo("certificate");
        assertThat(description.subject()).isEqualTo("CN=hospital");
        assertThat(description.keyId()).isEqualTo(P256.keyId(root.certificate().getPublicKey()));
    }

    @Test
    void refusesAnotherCurve() throws Exception {
        KeyPair pair = TestAuthority.pair("secp384r1");
        refuses(
                new Pem("PRIVATE KEY", pair.getPrivate().getEncoded()).toString(),
                "private key: unsupported kind (expected: PKCS #8 of ECDSA on P-256");
        assertThatThrownBy(() -> P256.check(pair.getPublic()))
                .hasMessageStartingWith("public key: unsupported kind");
    }

    @Test
    void refusesHalvesOfDifferentKeys() throws Exception {
        KeyPair one = P256.generate();
        KeyPair other = P256.generate();
        KeyPair mixed = new KeyPair(one.getPublic(), other.getPrivate());

        refuses(
                new Pem("PRIVATE KEY", P256.toDer(mixed)).toString(),
                "private key: does not match (expected: the private key of the public key beside"
                        + " it)");
    }

    @Test
    void refusesAFileThatIsNoPrivateKey() throws IOException {
        refuses("", "PEM: none (expected: a block that starts with -----BEGIN)");
        refuses(SigningKey.generate().publicPem(), "PEM: [PUBLIC KEY] (expected: one PRIVATE KEY)");
        refuses(
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                "PEM: [ENCRYPTED PRIVATE KEY] (expected: one PRIVATE KEY)");
        refuses("x".repeat(70_000), "PEM: more than 65536 bytes (expected: at most that)");
    }

    /** Numbers that begin with zero bits are padded, and the others keep their length. */
    @ParameterizedTest
    @MethodSource("seeds")
    void everyKeyHasAFormThatIsReadBack(int seed) {
        KeyPair pair = P256.generate();
        KeyPair read = P256.keyPair(P256.toDer(pair));
        byte[] message = new byte[seed];
        new Random(seed).nextBytes(message);

        assertThat(read.getPublic()).isEqualTo(pair.getPublic());
        byte[] signature = P256.sign(read.getPrivate(), message);
        assertThat(P256.verifies(pair.getPublic(), message, signature)).isTrue();
        signature[signature.length - 1] ^= 1;
        assertThat(P256.verifies(pair.getPublic(), message, signature)).isFalse();
    }

    static Stream<Integer> seeds() {
        return IntStream.range(1, 11).boxed();
    }

    private void refuses(String pem, String message) throws IOException {
        Path file = temp.resolve("bad.pem");
        Files.writeString(file, pem);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> SigningKey.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith(" in " + file);
    }
}
