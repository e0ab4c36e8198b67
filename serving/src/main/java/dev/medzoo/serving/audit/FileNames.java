package dev.medzoo.serving.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Names of files in their folders, on systems on which a folder can be opened. */
final class FileNames {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private FileNames() {}

    /** Brings the names of all that a file's folder holds to the disk. */
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
