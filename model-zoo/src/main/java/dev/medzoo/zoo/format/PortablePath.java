package dev.medzoo.zoo.format;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Paths that mean the same file, and no other, on Linux, macOS and Windows. */
public final class PortablePath {
    /** A file or folder of such a name, with any ending, is a device on Windows. */
    private static final Pattern DEVICE =
            Pattern.compile(
                    "(?:.*/)?(?:con|prn|aux|nul|com\\d|lpt\\d)(?:\\.[^/]*)?(?:/.*)?",
                    Pattern.CASE_INSENSITIVE);

    private static final String SEGMENT = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?";
    private static final Pattern FILE = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")?");
    private static final int LONGEST = 128;

    private PortablePath() {}

    /** Whether it is a file at most one folder deep, in letters that look like no others. */
    public static boolean isFile(String path) {
        return path.length() <= LONGEST && FILE.matcher(path).matches() && !namesDevice(path);
    }

    /** Whether a part of it is a device on Windows. */
    public static boolean namesDevice(String path) {
        return DEVICE.matcher(path).matches();
    }

    /**
     * Refuses paths that differ in case alone, in a file's or a folder's name: macOS and Windows
     * would make one file of both.
     *
     * @throws IllegalArgumentException naming the two
     */
    public static void checkDistinct(Collection<String> paths) {
        Map<String, String> seen = new HashMap<>();
        for (String path : paths) {
            for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
                checkDistinct(seen, path.substring(0, end));
            }
            checkDistinct(seen, path);
        }
    }

    private static void checkDistinct(Map<String, String> seen, String path) {
        String other = seen.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
        if (other != null && !other.equals(path)) {
            throw new IllegalArgumentException(
                    "path: %s beside %s (expected: to differ in more than case)"
                            .formatted(path, other));
        }
    }
}
