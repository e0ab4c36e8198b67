package dev.medzoo.zoo.store;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cache folder for artifacts from a network, and whether to work offline. */
public final class CacheFolder {
    private static final Logger logger = LoggerFactory.getLogger(CacheFolder.class);

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

    /** Whose native code is loaded from a folder of that name. */
    private static final String ENGINE = "pytorch";

    /** Where JNA unpacks its library, as a property. */
    private static final String JNA = "jna.tmpdir";

    private CacheFolder() {}

    /**
     * The folder, absolute; that of DJL's own cache when no setting names one. DJL takes a folder
     * that everybody shares where there is no home to write to, which is refused here: what was
     * seen of a store is remembered in this folder, and an index is taken from it when offline.
     *
     * @throws IllegalArgumentException when others own it, can write to it or put another in its
     *     place, or when there is none
     */
    public static Path root() {
        Path root = named().orElseGet(CacheFolder::below).toAbsolutePath().normalize();
        try {
            String fault = PrivateFiles.folderFault(root);
            if (fault != null) {
                throw new IllegalArgumentException(
                        "cache: %s, or another folder in %s".formatted(fault, VARIABLE));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cache: %s (expected: a folder that you own, set by %s)".formatted(e, VARIABLE),
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
                    "cache: the home folder %s cannot be written to (expected: a folder that you own, set by %s)"
                            .formatted(home(), VARIABLE));
        }
        return Utils.getCacheDir().resolve("medzoo");
    }

    /**
     * Has DJL unpack its native code below the folder that a setting names, where it would take one
     * that everybody shares, and makes the folder for its owner alone, which DJL leaves to the
     * umask. To be called before an engine is.
     *
     * @throws IllegalArgumentException when others own that folder, can write to it or put another
     *     in its place
     */
    public static void leadDjl() {
        if (isDjlsShared() && named().isPresent()) {
            System.setProperty(DJL, root().resolve("djl").toString());
        }
        Path folder = Utils.getEngineCacheDir(ENGINE).toAbsolutePath().normalize();
        makeIfPossible(folder);
        Path jnas = leadJna(Utils.getCacheDir().toAbsolutePath().normalize());
        try {
            String fault = PrivateFiles.contentFault(folder);
            fault = fault == null ? PrivateFiles.contentFault(jnas) : fault;
            if (fault != null) {
                throw new IllegalArgumentException(
                        "engine: %s, or another folder in %s".formatted(fault, DJL));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "engine: %s (expected: a folder that you own, set by %s)".formatted(e, DJL), e);
        }
    }

    /**
     * JNA unpacks a library of its own, and loads it.
     *
     * @return where
     */
    private static Path leadJna(Path djls) {
        Path own = djls.resolve("jna");
        makeIfPossible(own);
        if (System.getProperty(JNA) == null && Files.isDirectory(own)) {
            System.setProperty(JNA, own.toString());
        }
        return own;
    }

    /**
     * A folder for native code, of its owner alone: beside that of DJL's engines, whatever process
     * unpacks it.
     *
     * @param runtime whose code it is
     * @throws IOException when others own it, can write to it or put another in its place, or when
     *     it cannot be made
     */
    public static Path ofNativeCode(String runtime) throws IOException {
        return PrivateFiles.makeFolders(
                Utils.getEngineCacheDir(runtime).toAbsolutePath().normalize());
    }

    /** Who needs no engine needs no folder for it, and DJL says what is wrong to who does. */
    private static void makeIfPossible(Path folder) {
        try {
            PrivateFiles.makeFolders(folder);
        } catch (IOException e) {
            logger.debug("no folder for native libraries: {}", folder, e);
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
