package dev.medzoo.zoo;

import ai.djl.util.Utils;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The settings of whoever reads a store: a system property, else an environment variable. */
final class Settings {
    private static final Map<Path, IndexMemory> MEMORIES = new ConcurrentHashMap<>();

    private Settings() {}

    /** {@code medzoo.cache}, {@code MEDZOO_CACHE}: where copies and memories are kept. */
    static Path cache() {
        return value("medzoo.cache", "MEDZOO_CACHE")
                .map(Path::of)
                .orElseGet(() -> Utils.getCacheDir().resolve("medzoo"))
                .toAbsolutePath();
    }

    /** {@code medzoo.offline}, {@code MEDZOO_OFFLINE}: nothing newer can be asked for. */
    static boolean offline() {
        return value("medzoo.offline", "MEDZOO_OFFLINE").map(Boolean::parseBoolean).orElse(false);
    }

    /** What was seen of every store. */
    static IndexMemory memory() {
        return MEMORIES.computeIfAbsent(cache().resolve("seen"), IndexMemory::new);
    }

    private static Optional<String> value(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(text -> !text.isBlank());
    }
}
