package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorMessageTest {
    @Test
    void aLineBreakInANameHidesNothingOfTheMessage() {
        assertThat(ErrorMessage.line(new NoSuchFileException("a\nb")))
                .isEqualTo("a\\nb: no such file or folder (expected: an existing one)");
        assertThat(
                        ErrorMessage.line(
                                new IllegalArgumentException("name: a\r\nb (expected: letters)")))
                .isEqualTo("name: a\\r\\nb (expected: letters)");
    }

    @Test
    void noCharacterControlsTheTerminal() {
        assertThat(
                        ErrorMessage.line(
                                new IllegalArgumentException(
                                        "x: \u001b[31m\u009b1m\u202e (expected: y)")))
                .isEqualTo("x: \\u001b[31m\\u009b1m\\u202e (expected: y)");
    }

    @Test
    void ofForeignMessagesTheFirstLineIsEnough() {
        assertThat(ErrorMessage.line(new IOException("it broke\n    at 7"))).isEqualTo("it broke");
        assertThat(ErrorMessage.line(new IOException("häßlich – 日本"))).isEqualTo("häßlich – 日本");
    }

    @Test
    void foldersThatAreNoneOrLeadBackAreNamedSo() {
        assertThat(ErrorMessage.line(new NotDirectoryException("photos")))
                .isEqualTo("photos: no folder (expected: a folder)");
        assertThat(
                        ErrorMessage.line(
                                new UncheckedIOException(
                                        new FileSystemLoopException("photos/a/b"))))
                .isEqualTo("photos/a/b: a link back to a folder above it (expected: none)");
    }

    @Test
    void aFileThatNoMemoryHoldsIsSaidInOneLine(@TempDir Path folder) throws IOException {
        Path table = folder.resolve("table.csv");
        try (RandomAccessFile sparse = new RandomAccessFile(table.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }

        CommandRun run =
                CommandRun.of("data", "init", table.toString(), "--name", folder + "/made");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("medzoo: not enough memory: ")
                .contains("(expected: smaller files, or more");
        assertThat(folder.resolve("made")).doesNotExist();
    }
}
