package dev.medzoo.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Writes that outlive a power cut: content first, then the name. */
final class Disk {
    private Disk() {}

    /** Brings a file's content to the disk. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Brings every file below a folder, and their names, to the disk. */
    static void forceTree(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> below = Files.walk(folder)) {
            all = below.toList();
        }
        for (Path path : all) {
            if (Files.isDirectory(path)) {
                forceNames(path);
            } else {
                force(path);
            }
        }
    }

    /** Gives a file or folder its name in one step, replacing a file of that name. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        forceNames(to.resolveSibling("."));
    }

    /** Windows cannot open a folder, and needs not: there a rename is on the disk already. */
    private static void forceNames(Path folder) throws IOException {
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
