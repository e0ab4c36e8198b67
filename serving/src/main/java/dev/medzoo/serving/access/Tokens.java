package dev.medzoo.serving.access;

import dev.medzoo.serving.reload.Reloader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that a server accepts, stored as digests. The tokens file has one line per token:
 *
 * <pre>
 * # who    what            which
 * ana      manage          sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 * grafana  observe         sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752
 * </pre>
 *
 * <p>A plain SHA-256 is enough: {@link NewToken} generates 256 random bits, which cannot be
 * guessed. The salt and the slow hash that passwords need would add nothing here. Words of another
 * shape than it gives are no tokens, whatever the file says of them.
 *
 * <p>The file is looked at again while the server runs, at most once a second; replace it by a
 * rename, so that no half of it is ever read. A file that is broken or gone changes nothing, and
 * the log says why, once for each reason. So a token is withdrawn by a file without its line, not
 * by no file. Safe for use by many threads.
 */
public final class Tokens {
    private static final Logger logger = LoggerFactory.getLogger(Tokens.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String SCHEME = "Bearer ";

    private final @Nullable Path file;
    private final Runnable refresh;
    private volatile List<TokenEntry> entries;
    private @Nullable Stamp last;

    /** Detects that the file has changed. */
    private record Stamp(FileTime modified, long bytes, @Nullable Object key) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
        }
    }

    private Tokens(
            @Nullable Path file,
            LongSupplier nanos,
            @Nullable Stamp last,
            List<TokenEntry> entries) {
        this.file = file;
        this.last = last;
        this.entries = entries;
        refresh =
                file == null
                        ? () -> {}
                        : new Reloader(
                                        () -> look(file),
                                        logger,
                                        file + ": invalid, keeping the current tokens",
                                        file + ": valid again")
                                .atMostEvery(BETWEEN_LOOKS, nanos);
    }

    /** No tokens: nobody is authenticated. */
    public static Tokens none() {
        return new Tokens(null, System::nanoTime, null, List.of());
    }

    /**
     * Reads a tokens file.
     *
     * @throws TokensException with every fault of the file, or why it cannot be read
     */
    public static Tokens read(Path file) throws TokensException {
        return read(file, System::nanoTime);
    }

    static Tokens read(Path file, LongSupplier nanos) throws TokensException {
        Stamp before = null;
        try {
            before = Stamp.of(file);
        } catch (IOException e) {
            // Reading fails for the same reason, and says it in better words.
        }
        return new Tokens(file, nanos, before, TokensReader.read(file));
    }

    /** Whether there is a tokens file. An empty one lets nobody in. */
    public boolean areKept() {
        return file != null;
    }

    /** How many there are. */
    public int size() {
        return entries.size();
    }

    /**
     * Authenticates a token in constant time: it is compared with all known tokens, also after a
     * match.
     *
     * @param authorization value of the {@code Authorization} header, or null
     * @return empty when it is no {@code Bearer} token, or an unknown one
     */
    public Optional<Caller> authenticate(@Nullable String authorization) {
        refresh();
        if (authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = authorization.substring(SCHEME.length()).strip();
        if (!NewToken.SHAPE.matcher(token).matches()) {
            return Optional.empty();
        }
        String sha256 = TokenEntry.sha256(token);
        Caller found = null;
        for (TokenEntry each : entries) {
            if (each.isOf(sha256)) {
                found = each.caller();
            }
        }
        return Optional.ofNullable(found);
    }

    /** Reloads the file when it has changed. Does nothing within a second of the last check. */
    public void refresh() {
        refresh.run();
    }

    private void look(Path changed) throws TokensException {
        // Before the bytes: what is written in between is seen as a change the next time.
        Stamp now = stamp(changed);
        if (!now.equals(last)) {
            entries = TokensReader.read(changed);
            last = now;
            logger.info("{}: reloaded, {} tokens", changed, entries.size());
        }
    }

    private static Stamp stamp(Path file) throws TokensException {
        try {
            return Stamp.of(file);
        } catch (IOException e) {
            throw new TokensException(List.of(e.toString()));
        }
    }
}
