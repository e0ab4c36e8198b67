package dev.medzoo.zoo.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that decide who may do what, or whom to believe: they are made for their owner alone, and
 * are of no use where somebody else can change or replace them. On systems that know no owners as
 * POSIX does, nothing is looked at.
 */
public final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final int STICKY = 01000;

    private PrivateFiles() {}

    /** Makes a folder and those above it that are not there, for their owner alone. */
    public static Path makeFolders(Path folder) throws IOException {
        // One that is there is followed where it is a link.
        return Files.isDirectory(folder)
                ? folder
                : Files.createDirectories(folder, ofOwner("rwx------"));
    }

    /** Opens a file; one that is made by this is for its owner alone. */
    public static FileChannel open(Path file, Set<? extends OpenOption> options)
            throws IOException {
        return FileChannel.open(file, options, ofOwner("rw-------"));
    }

    private static FileAttribute<?>[] ofOwner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Looks whether others can change a file, or put another in its place.
     *
     * @param file or folder, be it there or not
     * @return which they can change, and what is expected; null when they cannot
     */
    public static @Nullable String fault(Path file) throws IOException {
        if (!POSIX) {
            return null;
        }
        Path named = file.toAbsolutePath().normalize();
        Set<Path> looked = new LinkedHashSet<>();
        if (Files.exists(named)) {
            Path real = named.toRealPath();
            looked.add(real);
            looked.add(folderOf(real));
        }
        looked.add(folderOf(named));
        for (Path each : looked) {
            String fault = Files.exists(each) ? ownFault(each) : null;
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** The same of a file or folder alone that is there, wherever it is. */
    static @Nullable String ownFault(Path path) throws IOException {
        return POSIX && isOthers(path)
                ? "%s: permissions %s (expected: only its owner writes; chmod go-w %s)"
                        .formatted(
                                path,
                                PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                                path)
                : null;
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }

    /** In a sticky folder, such as that of a mounted secret, only owners move what is theirs. */
    private static boolean isOthers(Path path) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        Set<PosixFilePermission> permissions = attributes.permissions();
        boolean isWritable =
                permissions.contains(PosixFilePermission.OTHERS_WRITE)
                        || (permissions.contains(PosixFilePermission.GROUP_WRITE)
                                && !isOwnersGroup(attributes));
        return isWritable && !(attributes.isDirectory() && isSticky(path));
    }

    /** Many systems give each person a group of the same name, with nobody else in it. */
    private static boolean isOwnersGroup(PosixFileAttributes attributes) {
        return attributes.group().getName().equals(attributes.owner().getName());
    }

    private static boolean isSticky(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS)
                        instanceof Integer mode
                && (mode & STICKY) != 0;
    }
}
