package dev.medzoo.registry;

import dev.medzoo.zoo.store.ProcessLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Durable writes of a folder store. Each survives a power failure once it has returned. */
class DurableWrites {
    /** Waits for the store's write lock. */
    ProcessLock lock(Path file) throws IOException {
        return ProcessLock.take(file);
    }

    /** Makes a folder and those above it. */
    void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /** Writes a file. A crash may leave a part of it. */
    void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        force(file, StandardOpenOption.WRITE);
    }

    /** Renames a file or folder atomically, replacing an existing file. */
    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        forceNames(to.resolveSibling("."));
    }

    /** Removes a file, or a folder with all that is below it. */
    void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> below = Files.walk(path)) {
            all = below.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            deleteOne(each);
        }
    }

    void deleteOne(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /** Syncs a folder's entries to disk. */
    void forceNames(Path folder) throws IOException {
        // Windows cannot open a folder, and needs not: there a rename is on the disk already.
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            force(folder, StandardOpenOption.READ);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
