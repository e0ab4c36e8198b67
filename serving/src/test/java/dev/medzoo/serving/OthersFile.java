package dev.medzoo.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes a file or folder somebody else's: by its owner where the tests run as root, who alone can
 * give files away, else by who can write it. {@code OwnerCheckTest} tries owners as anybody.
 */
public final class OthersFile {
    private static final int NOBODY = 65534;

    private OthersFile() {}

    /**
     * Gives it away.
     *
     * @return how what is said of it begins
     */
    public static String make(Path path) throws IOException {
        if (Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid"))) {
            Files.setAttribute(path, "unix:uid", NOBODY);
            return path.toRealPath() + ": owner ";
        }
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        permissions.add(PosixFilePermission.OTHERS_WRITE);
        Files.setPosixFilePermissions(path, permissions);
        return path.toRealPath() + ": permissions ";
    }
}
