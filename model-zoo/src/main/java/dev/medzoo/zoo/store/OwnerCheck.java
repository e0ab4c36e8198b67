package dev.medzoo.zoo.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the owner of a file and who can modify its path.
 *
 * @param self who reads it
 */
record OwnerCheck(ProcessUser self) {
    private static final int STICKY = 01000;

    static OwnerCheck ofThisProcess() throws IOException {
        return new OwnerCheck(ProcessUser.current());
    }

    /**
     * Looks at a file and at all folders and links on the way to it.
     *
     * @return the first that others own or can change, from the file up; null when there is none
     */
    @Nullable String fault(Path file) throws IOException {
        for (Path step : PathSteps.to(file)) {
            String fault = stepFault(step);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** The same of a folder in which nobody else may make a file, though it were sticky. */
    @Nullable String folderFault(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            Path real = folder.toRealPath();
            PosixFileAttributes attributes = attributes(real);
            if (isShared(attributes) && isSticky(real)) {
                return "%s: permissions %s, sticky (expected: a folder of your own, such as %s)"
                        .formatted(real, permissions(attributes), real.resolve("medzoo"));
            }
        }
        return fault(folder);
    }

    /** The same of a folder and of what lies in it, but not further down. */
    @Nullable String contentFault(Path folder) throws IOException {
        String fault = folderFault(folder);
        return fault == null && Files.isDirectory(folder) ? faultIn(folder) : fault;
    }

    private @Nullable String faultIn(Path folder) throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            for (Path each : content) {
                String fault =
                        Files.exists(each, LinkOption.NOFOLLOW_LINKS) ? stepFault(each) : null;
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    /** The same of one file, folder or link that is there, wherever it is. */
    @Nullable String stepFault(Path step) throws IOException {
        PosixFileAttributes attributes = attributes(step);
        if (!self.trusts(ProcessUser.ownerOf(step))) {
            return ownerFault(step, attributes);
        }
        // Nobody writes to a link, whatever its permissions are.
        boolean isOpen = !attributes.isSymbolicLink() && isShared(attributes);
        return isOpen && !(attributes.isDirectory() && isSticky(step))
                ? "%s: permissions %s (expected: only its owner writes; chmod go-w %s)"
                        .formatted(step, permissions(attributes), step)
                : null;
    }

    private String ownerFault(Path step, PosixFileAttributes attributes) throws IOException {
        return "%s: owner %s, uid %s (expected: %s)"
                .formatted(
                        step,
                        attributes.owner().getName(),
                        Integer.toUnsignedString(ProcessUser.ownerOf(step)),
                        self);
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static String permissions(PosixFileAttributes attributes) {
        return PosixFilePermissions.toString(attributes.permissions());
    }

    private boolean isShared(PosixFileAttributes attributes) {
        Set<PosixFilePermission> permissions = attributes.permissions();
        return permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || (permissions.contains(PosixFilePermission.GROUP_WRITE)
                        && !isOwnersGroup(attributes));
    }

    private boolean isOwnersGroup(PosixFileAttributes attributes) {
        String group = attributes.group().getName();
        return group.equals(attributes.owner().getName()) || self.hasGroup(group);
    }

    private static boolean isSticky(Path path) throws IOException {
        return Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS)
                        instanceof Integer mode
                && (mode & STICKY) != 0;
    }
}
