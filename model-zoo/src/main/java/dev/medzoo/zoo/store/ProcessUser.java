package dev.medzoo.zoo.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who runs this process, on systems that count their users as POSIX does.
 *
 * @param uid the number, which is there also where no name is, as in many containers
 * @param name as the system has it; the number where it has none
 */
record ProcessUser(int uid, String name) {
    private static final int ROOT = 0;
    private static final Path STATUS = Path.of("/proc/self/status");

    /** Real, effective, saved, and what new files are of. */
    private static final Pattern UIDS = Pattern.compile("(?m)^Uid:(?:\\s+\\d+){3}\\s+(\\d+)$");

    static ProcessUser of(int uid) {
        return new ProcessUser(uid, Integer.toUnsignedString(uid));
    }

    /** The one of this process, who cannot change while it runs. */
    static ProcessUser current() throws IOException {
        int uid = Files.isReadable(STATUS) ? ofStatus(Files.readString(STATUS)) : ofNewFile();
        String name = System.getProperty("user.name", "?");
        return name.isBlank() || name.equals("?") ? of(uid) : new ProcessUser(uid, name);
    }

    /** As Linux tells it. */
    static int ofStatus(String status) throws IOException {
        Matcher uids = UIDS.matcher(status);
        if (!uids.find()) {
            throw new IOException(STATUS + ": no user (expected: a line Uid: with four numbers)");
        }
        return Integer.parseUnsignedInt(uids.group(1));
    }

    /** As every other system shows it. */
    static int ofNewFile() throws IOException {
        Path file = Files.createTempFile("medzoo", ".owner");
        try {
            return ownerOf(file);
        } finally {
            Files.delete(file);
        }
    }

    /** The number of who owns a file, a folder, or a link itself. */
    static int ownerOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether files of that user can be believed: its own, and those of root, who can do all. */
    boolean trusts(int owner) {
        return owner == uid || owner == ROOT;
    }

    /** Many systems give each person a group of the same name, with nobody else in it. */
    boolean hasGroup(String group) {
        return group.equals(name) || group.equals(Integer.toUnsignedString(uid));
    }

    @Override
    public String toString() {
        return uid == ROOT
                ? "root"
                : "root, or uid %s, who runs this".formatted(Integer.toUnsignedString(uid));
    }
}
