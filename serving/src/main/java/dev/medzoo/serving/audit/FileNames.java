package dev.medzoo.serving.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Syncs directory entries, on systems that support it. */
final class FileNames {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private FileNames() {}

    /** Syncs the folder of a file to disk. */
    static void force(Path file) throws IOException {
        // Windows cannot open a folder, and needs not: there a name is on the disk already.
        if (POSIX) {
            Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
