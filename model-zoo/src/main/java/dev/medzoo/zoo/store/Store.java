package dev.medzoo.zoo.store;

import ai.djl.MalformedModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A store of artifacts: {@code index.json} and, for each artifact, {@code <name>/<version>/}. It
 * returns unverified bytes; {@code VerifiedArtifact} verifies them.
 */
public sealed interface Store
        permits FolderStore, ArtifactStore, JarStore, ClassPathStore, RemoteStore, CachedStore {
    /** The file beside the artifacts that says what they are. */
    String INDEX = "index.json";

    /** The setting that says where the store is, as a system property. */
    String PROPERTY = "medzoo.store";

    /** The same as an environment variable; the property goes before it. */
    String VARIABLE = "MEDZOO_STORE";

    /**
     * What a launcher names in case nobody names another: a system property that goes after every
     * setting, and before the class path.
     */
    String DEFAULT_PROPERTY = "medzoo.default.store";

    /** The store when neither setting nor class path names one. */
    Path DEFAULT_FOLDER = Path.of("model-store");

    /**
     * Reads one file.
     *
     * @param path below the store, with {@code /}
     * @param maxBytes what it may have at most
     * @throws java.io.FileNotFoundException when it is not there
     * @throws MalformedModelException when it is larger or is a link
     */
    byte[] read(String path, int maxBytes) throws IOException, MalformedModelException;

    /**
     * The paths below a folder, folders ending in {@code /}; nothing when this kind of store cannot
     * list, and then nothing but what a manifest names is ever fetched.
     */
    Optional<Set<String>> list(String folder) throws IOException;

    /** Its location in text form. */
    @Override
    String toString();

    /**
     * The store at a location; whether anything is there shows at the first read.
     *
     * @param location a folder, {@code artifact:} and the folder of one artifact, a {@code .jar}
     *     file, an {@code http(s)} address, or {@code s3://bucket/prefix}, which needs the AWS SDK
     *     on the class path
     * @throws IllegalArgumentException for anything else
     */
    static Store open(String location) {
        return open(location, Redirects.fromSettings());
    }

    /**
     * The same, with the hosts that an http store may lead to beside its own, in lower case and
     * perhaps with ports.
     */
    static Store open(String location, Set<String> redirects) {
        String lower = location.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return CachedStore.of(new HttpStore(HttpStore.address(location), redirects));
        }
        if (lower.startsWith("s3://")) {
            return CachedStore.of(objectStore(location));
        }
        if (lower.startsWith(ArtifactStore.PREFIX)
                && lower.length() > ArtifactStore.PREFIX.length()) {
            return new ArtifactStore(Path.of(location.substring(ArtifactStore.PREFIX.length())));
        }
        String path = location.replaceFirst("^jar:", "").replaceFirst("!/.*$", "");
        if (path.isBlank() || path.matches("(?!file:)[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw new IllegalArgumentException(
                    "store: %s (expected: a folder, artifact:FOLDER, a .jar file, an http(s) or s3 address)"
                            .formatted(location));
        }
        Path file = path.startsWith("file:") ? Path.of(URI.create(path)) : Path.of(path);
        return lower.startsWith("jar:") || path.endsWith(".jar")
                ? new JarStore(file)
                : new FolderStore(file);
    }

    /**
     * Reads a list of such hosts, parted by commas.
     *
     * @throws IllegalArgumentException when one is none
     */
    static Set<String> redirects(String hosts) {
        return Redirects.parse(hosts);
    }

    private static RemoteStore objectStore(String location) {
        S3Location place = S3Location.parse(location);
        try {
            return S3Store.at(place);
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "store: %s needs the AWS SDK (expected: software.amazon.awssdk:s3 and :url-connection-client on the class path)"
                            .formatted(location),
                    e);
        }
    }

    /**
     * The store that the settings name: {@value #PROPERTY}, else {@value #VARIABLE}, else {@value
     * #DEFAULT_PROPERTY}, else what {@code medzoo-models} put on the class path, else {@code
     * ./model-store}. Where none of them is, the first read says where was looked.
     *
     * @throws IllegalArgumentException when a setting is no location
     */
    static Store fromSettings() {
        return setting()
                .or(Store::ofLauncher)
                .map(Store::open)
                .or(ClassPathStore::find)
                .orElseGet(() -> FolderStore.asLastPlace(DEFAULT_FOLDER, lookedAt()));
    }

    /** Where {@link #fromSettings} looks before {@link #DEFAULT_FOLDER}. */
    private static String lookedAt() {
        return "%s, %s and %s, none of which is set, and for %s"
                .formatted(PROPERTY, VARIABLE, DEFAULT_PROPERTY, ClassPathStore.lookedAt());
    }

    /** The location that a launcher names. */
    static Optional<String> ofLauncher() {
        return Optional.ofNullable(System.getProperty(DEFAULT_PROPERTY))
                .filter(location -> !location.isBlank());
    }

    /** Who names the store that {@link #fromSettings} opens, in words for a log. */
    static String namedBy() {
        if (!System.getProperty(PROPERTY, "").isBlank()) {
            return PROPERTY;
        }
        if (setting().isPresent()) {
            return VARIABLE;
        }
        return ofLauncher().isPresent() ? "the launcher" : "nobody: what comes with the program";
    }

    /** The location that a setting names. */
    static Optional<String> setting() {
        return CacheFolder.setting(PROPERTY, VARIABLE);
    }

    /** Refuses what was cut off at the limit. */
    static byte[] bounded(byte[] bytes, int maxBytes, String path, Store store)
            throws MalformedModelException {
        if (bytes.length > maxBytes) {
            throw new MalformedModelException(
                    "%s: more than %d bytes (expected: at most that) in %s"
                            .formatted(path, maxBytes, store));
        }
        return bytes;
    }
}
