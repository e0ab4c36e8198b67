package dev.medzoo.zoo.store;

import ai.djl.util.Utils;
import java.nio.file.Path;
import java.util.Optional;

/** Where copies of what came over a network are kept, and whether they must do. */
public final class CacheFolder {
    /** The setting that says where it is, as a system property. */
    public static final String PROPERTY = "medzoo.cache";

    /** The same as an environment variable; the property goes before it. */
    public static final String VARIABLE = "MEDZOO_CACHE";

    /** The setting that forbids connections, as a system property. */
    public static final String OFFLINE_PROPERTY = "medzoo.offline";

    /** The same as an environment variable; the property goes before it. */
    public static final String OFFLINE_VARIABLE = "MEDZOO_OFFLINE";

    private CacheFolder() {}

    /** The folder, absolute; that of DJL's own cache when no setting names one. */
    public static Path root() {
        return setting(PROPERTY, VARIABLE)
                .map(Path::of)
                .orElseGet(() -> Utils.getCacheDir().resolve("medzoo"))
                .toAbsolutePath();
    }

    /**
     * Whether no connection may be made.
     *
     * @throws IllegalArgumentException when the setting is neither true nor false
     */
    public static boolean isOffline() {
        String value = setting(OFFLINE_PROPERTY, OFFLINE_VARIABLE).orElse("false");
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "offline: %s (expected: true or false)".formatted(value));
        };
    }

    private static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }
}
