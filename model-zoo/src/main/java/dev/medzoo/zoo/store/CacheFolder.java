package dev.medzoo.zoo.store;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Files;
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

    /** DJL's own, as a property or a variable. */
    private static final String DJL = "DJL_CACHE_DIR";

    private CacheFolder() {}

    /**
     * The folder, absolute; that of DJL's own cache when no setting names one. DJL takes a folder
     * that everybody shares where there is no home to write to, which is refused here: what was
     * seen of a store is remembered in this folder, and an index is taken from it when offline.
     *
     * @throws IllegalArgumentException when others can write to it, or when there is none
     */
    public static Path root() {
        Path root = named().orElseGet(CacheFolder::below).toAbsolutePath().normalize();
        try {
            String fault = Files.exists(root) ? PrivateFiles.ownFault(root) : null;
            if (fault != null) {
                throw new IllegalArgumentException(
                        "cache: %s, or another folder in %s".formatted(fault, VARIABLE));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cache: %s (expected: a folder of yours, named by %s)".formatted(e, VARIABLE),
                    e);
        }
        return root;
    }

    private static Optional<Path> named() {
        return setting(PROPERTY, VARIABLE).map(Path::of);
    }

    private static Path below() {
        if (isDjlsShared()) {
            throw new IllegalArgumentException(
                    "cache: the home folder %s cannot be written to (expected: a folder of yours, named by %s)"
                            .formatted(home(), VARIABLE));
        }
        return Utils.getCacheDir().resolve("medzoo");
    }

    /**
     * Has DJL unpack its native code below the folder that a setting names, where it would take one
     * that everybody shares. To be called before an engine is.
     */
    public static void leadDjl() {
        if (isDjlsShared() && named().isPresent()) {
            System.setProperty(DJL, root().resolve("djl").toString());
        }
    }

    private static boolean isDjlsShared() {
        return setting(DJL, DJL).isEmpty() && !Files.isWritable(home());
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", ""));
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

    /** What a property says, else a variable; nothing where it is blank. */
    public static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }
}
