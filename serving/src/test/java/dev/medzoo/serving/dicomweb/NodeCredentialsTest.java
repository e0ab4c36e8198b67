package dev.medzoo.serving.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCredentialsTest {
    private static final URI ROOT = URI.create("https://archive.example/");

    @TempDir private Path folder = Path.of("");

    private Path token(String text, String permissions) throws Exception {
        Path file = Files.writeString(folder.toRealPath().resolve("token"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void areReadAnewEachTime() throws Exception {
        NodeCredentials credentials = new NodeCredentials(ROOT, token("first\n", "rw-------"));
        assertThat(credentials.header()).contains("Bearer first");
        token("second", "rw-------");
        assertThat(credentials.header()).contains("Bearer second");
        assertThat(credentials.source()).contains("dicomweb_token_file");
    }

    @Test
    void areNotTakenFromAFileThatOthersRead() throws Exception {
        Path file = token("s3cr3t", "rw-r--r--");
        assertThatThrownBy(() -> new NodeCredentials(ROOT, file).header())
                .isInstanceOf(NodeException.class)
                .hasMessageStartingWith("dicomweb_token_file: " + file + ": permissions rw-r--r--")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void areWaitedForWhereThereAreNone() throws Exception {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> new NodeCredentials(ROOT, absent).header())
                .hasMessage("dicomweb_token_file: %s (expected: a file)".formatted(absent))
                .matches(failure -> ((NodeException) failure).remedy() == Remedy.WAIT);
        Path two = token("two words", "rw-------");
        assertThatThrownBy(() -> new NodeCredentials(ROOT, two).header())
                .hasMessage(
                        "dicomweb_token_file: with other characters (expected: printable ASCII, no"
                                + " blanks)");
    }
}
