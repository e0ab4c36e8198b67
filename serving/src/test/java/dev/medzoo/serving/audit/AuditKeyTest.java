package dev.medzoo.serving.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.OthersFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditKeyTest {
    private static final String TEXT = "0f".repeat(32) + "\n";

    @TempDir private Path temp = Path.of("");

    private Path file(String text, String permissions) throws IOException {
        Path file = Files.writeString(temp.resolve("key"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aNewKeyIsItsOwnersAloneAndIsNeverOverwritten() throws Exception {
        Path file = temp.resolve("key");

        AuditKey key = AuditKey.create(file);

        assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(AuditKey.read(file).id()).isEqualTo(key.id()).matches("[0-9a-f]{16}");
        assertThatThrownBy(() -> AuditKey.create(file))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-rw----", "rw-----w-"})
    void refusesAKeyThatOthersCanReadOrWrite(String permissions) throws Exception {
        Path file = file(TEXT, permissions);

        assertThatThrownBy(() -> AuditKey.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "key file: %s: permissions %s (expected: rw-------; chmod 600 %s)"
                                .formatted(file, permissions, file));
    }

    /** Whoever can put another key there can have a log of their own taken for the true one. */
    @Test
    void refusesAKeyInAFolderOfOthers() throws Exception {
        Path folder = Files.createDirectory(temp.toRealPath().resolve("keys"));
        Path file = folder.resolve("key");
        AuditKey.create(file);
        assertThat(AuditKey.read(file).id()).hasSize(16);

        String fault = OthersFile.make(folder);
        assertThatThrownBy(() -> AuditKey.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("key file: " + fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--------", "rw-------", "rw-r-----"})
    void takesAKeyThatItsOwnerOrItsGroupReads(String permissions) throws Exception {
        assertThat(AuditKey.read(file(TEXT, permissions)).id()).isEqualTo("9436f6c38407c8d0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0f0f\n",
                "0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F",
                "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0",
                "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f\n\n"
            })
    void refusesWhatIsNoKeyWithoutRepeatingIt(String text) throws Exception {
        Path file = file(text, "rw-------");

        assertThatThrownBy(() -> AuditKey.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("key file: " + text.length() + " characters (expected: ")
                .hasMessageNotContaining("0f0f")
                .hasMessageNotContaining("0F0F");
    }

    @Test
    void thePiecesOfAnInputAreOneInput() throws Exception {
        AuditKey key = AuditKey.read(file(TEXT, "rw-------"));
        ByteBuffer whole = ByteBuffer.wrap("a picture".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer direct = ByteBuffer.allocateDirect(7).put(whole.slice(2, 7)).flip();

        InputHash hash = key.hash(whole);

        assertThat(hash)
                .hasToString(
                        "hmac-sha256:5c1f1ed898ac0b1b9af79c24198ee7b6ef7aa4776e71d4697028ef194b1ff13c");
        assertThat(key.hash(whole.slice(0, 2), ByteBuffer.allocate(0), direct)).isEqualTo(hash);
        assertThat(direct.remaining()).isEqualTo(7);
        assertThat(key.hash(direct)).isNotEqualTo(hash);
        assertThat(AuditKey.create(temp.resolve("other")).hash(whole)).isNotEqualTo(hash);
    }
}
