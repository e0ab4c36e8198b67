package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.util.List;
import java.util.regex.Pattern;

/** Checks paths of store files: only files of the store format are served. */
final class StorePath {
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final String ARTIFACT =
            "[a-z0-9]+(-[a-z0-9]+)*/\\d+\\.\\d+\\.\\d+/(golden/)?" + NAME;
    private static final String RECORD = "(signatures|history)/[0-9a-f]{64}\\.json";
    private static final String INDEX = "index\\.json";
    private static final Pattern ALLOWED = Pattern.compile(INDEX + "|" + RECORD + "|" + ARTIFACT);
    private static final int LONGEST = 256;

    private StorePath() {}

    /**
     * The path below the store.
     *
     * @param segments decoded
     * @throws RefusedException when the store format has no such file
     */
    static String of(List<String> segments) throws RefusedException {
        String path = String.join("/", segments);
        boolean areNames = segments.stream().noneMatch(segment -> segment.contains("/"));
        if (!areNames || path.length() > LONGEST || !ALLOWED.matcher(path).matches()) {
            throw new RefusedException(Refusal.unknownPath());
        }
        return path;
    }

    /** Only the index changes; all other files are immutable. */
    static String cacheControl(String path) {
        return path.matches(INDEX) ? "no-cache" : "public, max-age=31536000, immutable";
    }

    static String contentType(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "json" -> Reply.JSON;
            case "png" -> "image/png";
            case "txt", "properties" -> "text/plain; charset=utf-8";
            default -> "application/octet-stream";
        };
    }
}
