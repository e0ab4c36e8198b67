package dev.medzoo.serving.dicomweb;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Durable writes of a journal. Each survives a power failure once it has returned. */
class JournalFile {
    /** Appends to a file. A crash may leave a part of it. */
    void append(FileChannel file, byte[] line, long at) throws IOException {
        write(file, line, at);
        force(file);
    }

    /** Syncs to disk. */
    void force(FileChannel file) throws IOException {
        file.force(true);
    }

    /** Writes a new file. A crash may leave a part of it. */
    void write(Path path, byte[] content) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try (FileChannel file = PrivateFiles.open(path, options)) {
            write(file, content, 0);
            force(file);
        }
    }

    private static void write(FileChannel file, byte[] content, long at) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
            file.write(left, at + left.position());
        }
    }

    /** Renames a file atomically, replacing an existing one. */
    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        // Windows cannot open a folder, and needs not: there a rename is on the disk already.
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            try (FileChannel folder =
                    FileChannel.open(to.resolveSibling("."), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
