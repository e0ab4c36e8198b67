package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemsTest {
    /** So does Hadoop's s3a, which writes each file here before it sends it. */
    @Test
    void filesOfThisMachineAreThoseThatOtherFileSystemsAskFor(@TempDir Path work) throws Exception {
        FileSystems files = new FileSystems(new Configuration());
        FileSystem local = FileSystem.getLocal(files.configuration());
        assertThat(local).isInstanceOf(PlainLocalFileSystem.class);

        Path file = work.resolve("kept");
        try (OutputStream out = local.create(FileSystems.path(file.toString()))) {
            out.write(7);
        }
        assertThat(Files.readAllBytes(file)).containsExactly(7);
        try (Stream<Path> all = Files.list(work)) {
            assertThat(all.toList()).isEqualTo(List.of(file));
        }
    }
}
