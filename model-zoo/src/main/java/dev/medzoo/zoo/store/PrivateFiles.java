package dev.medzoo.zoo.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Security-relevant files: they are created with owner-only access, and refused when another user
 * owns them, can modify them, or can replace them through a parent folder. On systems without POSIX
 * permissions nothing is checked.
 */
public final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** A group may read: that is how a cluster hands a secret to a service. */
    private static final Set<PosixFilePermission> NOT_OF_SECRETS =
            EnumSet.of(
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private PrivateFiles() {}

    /**
     * Makes a folder and those above it that are not there, for their owner alone.
     *
     * @throws IOException when it is there, and {@link #folderFault} finds anything
     */
    public static Path makeFolders(Path folder) throws IOException {
        // One that is there is followed where it is a link.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ofOwner("rwx------"));
        }
        String fault = folderFault(folder);
        if (fault != null) {
            throw new IOException(fault);
        }
        return folder;
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
     * Looks whether others own a file, can change it, or can put another in its place. In a sticky
     * folder, such as that of a mounted secret, only owners move what is theirs.
     *
     * @param file or folder, be it there or not
     * @return what is of others, and what is expected; null when nothing is
     */
    public static @Nullable String fault(Path file) throws IOException {
        return POSIX ? OwnerCheck.ofThisProcess().fault(file) : null;
    }

    /**
     * The same of a folder in which files are made: there others must not make any either, so that
     * one that is sticky is refused where {@link #fault} takes it.
     */
    static @Nullable String folderFault(Path folder) throws IOException {
        return POSIX ? OwnerCheck.ofThisProcess().folderFault(folder) : null;
    }

    /** The same of a folder and of what lies in it, but not further down. */
    static @Nullable String contentFault(Path folder) throws IOException {
        return POSIX ? OwnerCheck.ofThisProcess().contentFault(folder) : null;
    }

    /** The same as {@link #fault} of a secret that is there, which others must not read either. */
    public static @Nullable String secretFault(Path file) throws IOException {
        if (!POSIX) {
            return null;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.stream().anyMatch(NOT_OF_SECRETS::contains)
                ? "%s: permissions %s (expected: rw-------; chmod 600 %s)"
                        .formatted(file, PosixFilePermissions.toString(permissions), file)
                : fault(file);
    }
}
