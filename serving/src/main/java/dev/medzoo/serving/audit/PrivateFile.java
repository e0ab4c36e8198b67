package dev.medzoo.serving.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that are their owner's alone, on systems that know owners as POSIX does. */
final class PrivateFile {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFile() {}

    /** Opens a file; one that is made by this only its owner can read and write. */
    static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        FileAttribute<?>[] attributes =
                POSIX
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return FileChannel.open(file, options, attributes);
    }

    /** Brings the names of all that a file's folder holds to the disk. */
    static void forceNames(Path file) throws IOException {
        // Windows cannot open a folder, and needs not: there a name is on the disk already.
        if (POSIX) {
            Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
