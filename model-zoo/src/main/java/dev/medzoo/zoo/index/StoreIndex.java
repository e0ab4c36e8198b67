package dev.medzoo.zoo.index;

import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.Store;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code index.json}: the contents of a store. It alone defines the digests of versions and the
 * targets of aliases; a folder that it does not list is not an artifact.
 *
 * @param format of this record, from 1 to {@value #FORMAT}; the first had no times and no history
 * @param serial grows by one with every change
 * @param issued when it was written, or null in format 1
 * @param expires when a reader must ask for a newer one, or null when it never does
 * @param history SHA-256 of the newest {@link HistoryEntry}, or null when there is none
 * @param artifacts of each name its versions, the lowest first, none twice
 * @param aliases of each name what {@code stable} and {@code candidate} point to
 */
public record StoreIndex(
        int format,
        long serial,
        @Nullable Instant issued,
        @Nullable Instant expires,
        @Nullable String history,
        SortedMap<String, List<Published>> artifacts,
        SortedMap<String, SortedMap<String, Version>> aliases) {
    /** The file beside the artifacts. */
    public static final String FILE = Store.INDEX;

    /** The current format. */
    public static final int FORMAT = 2;

    /** Maximum size of an index. */
    public static final int LARGEST_BYTES = 4 << 20;

    /**
     * One version of an artifact.
     *
     * @param digest of its manifest, {@code sha256:<hex>}
     * @param deprecated why another should be used from now on, or null
     * @param revoked reason of its revocation, or null
     */
    public record Published(
            Version version,
            String digest,
            @Nullable Deprecation deprecated,
            @Nullable String revoked) {
        public Published {
            Sha256.checkDigest(digest);
            if (revoked != null && revoked.isBlank()) {
                throw new IllegalArgumentException("revoked: blank (expected: a reason)");
            }
        }

        /** A version that is neither deprecated nor revoked. */
        public Published(Version version, String digest) {
            this(version, digest, null, null);
        }
    }

    /**
     * A version that still loads, with a warning.
     *
     * @param reason in a sentence
     * @param replacement the version to use instead, or null
     */
    public record Deprecation(String reason, @Nullable Version replacement) {
        public Deprecation {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("deprecated: blank (expected: a reason)");
            }
        }
    }

    public StoreIndex {
        checkFormat(format, issued);
        if (serial < 0) {
            throw new IllegalArgumentException("serial: " + serial + " (expected: at least 0)");
        }
        if (expires != null && (issued == null || !expires.isAfter(issued))) {
            throw new IllegalArgumentException(
                    "expires: %s (expected: after issued, %s)".formatted(expires, issued));
        }
        if (history != null) {
            Sha256.checkHex(history);
        }
        TreeMap<String, List<Published>> versions = new TreeMap<>();
        artifacts.forEach((name, list) -> versions.put(name, checked(name, list)));
        artifacts = Collections.unmodifiableSortedMap(versions);
        TreeMap<String, SortedMap<String, Version>> pointers = new TreeMap<>();
        aliases.forEach((name, map) -> pointers.put(name, checked(name, map, versions)));
        aliases = Collections.unmodifiableSortedMap(pointers);
    }

    /** The index of an empty store. */
    public static StoreIndex empty() {
        return new StoreIndex(
                FORMAT, 0, Instant.EPOCH, null, null, new TreeMap<>(), new TreeMap<>());
    }

    /**
     * Parses {@code index.json}. {@code VerifiedStore} verifies its signature and freshness.
     *
     * @param where the store, for messages
     * @throws MalformedModelException naming the value that is wrong
     */
    public static StoreIndex parse(byte[] json, String where) throws MalformedModelException {
        return Json.read(json, StoreIndex.class, FILE, where);
    }

    /**
     * Path of an index's signature in the store. Its name is the index's digest, so that an index
     * is never read with another one's signature.
     */
    public static String signaturePath(byte[] index) {
        return "signatures/" + Sha256.hex(index) + ".json";
    }

    /** The bytes of {@code index.json}. */
    public byte[] toBytes() {
        return Json.write(this);
    }

    /**
     * Resolves a reference.
     *
     * @throws ModelNotFoundException when there is no such name, version or alias, or when that
     *     version is revoked
     */
    public IndexEntry resolve(ModelReference reference) throws ModelNotFoundException {
        String name = reference.name();
        List<Published> versions = artifacts.get(name);
        if (versions == null) {
            throw new ModelNotFoundException(
                    "model: %s (expected one of: %s)".formatted(name, artifacts.keySet()));
        }
        Version version = reference.version();
        if (version == null) {
            version = pointedAt(name, reference.alias());
        }
        for (Published published : versions) {
            if (published.version().equals(version)) {
                refuseRevoked(name, published);
                return new IndexEntry(name, version, published.digest());
            }
        }
        throw new ModelNotFoundException(
                "version: %s of %s (expected one of: %s)".formatted(version, name, usable(name)));
    }

    /** The versions of an artifact that are not revoked, in ascending order. */
    public List<Version> usable(String name) {
        return artifacts.getOrDefault(name, List.of()).stream()
                .filter(published -> published.revoked() == null)
                .map(Published::version)
                .toList();
    }

    /** The targets of an artifact's aliases; empty for a name without aliases. */
    public SortedMap<String, Version> aliasesOf(String name) {
        return aliases.getOrDefault(name, Collections.emptySortedMap());
    }

    /** One version, revoked or not. */
    public Optional<Published> published(String name, Version version) {
        return artifacts.getOrDefault(name, List.of()).stream()
                .filter(published -> published.version().equals(version))
                .findFirst();
    }

    private Version pointedAt(String name, @Nullable String alias) throws ModelNotFoundException {
        SortedMap<String, Version> pointers = aliasesOf(name);
        String asked = alias == null ? ModelReference.STABLE : alias;
        Version version = pointers.get(asked);
        if (version == null) {
            throw new ModelNotFoundException(
                    "alias: %s of %s (expected one of: %s)"
                            .formatted(asked, name, pointers.keySet()));
        }
        return version;
    }

    private void refuseRevoked(String name, Published published) throws ModelNotFoundException {
        if (published.revoked() != null) {
            throw new ModelNotFoundException(
                    "version: %s of %s, revoked: %s (expected one of: %s)"
                            .formatted(
                                    published.version(), name, published.revoked(), usable(name)));
        }
    }

    private static void checkFormat(int format, @Nullable Instant issued) {
        if (format < 1 || format > FORMAT) {
            throw new IllegalArgumentException(
                    "format: %d (expected: 1..%d)".formatted(format, FORMAT));
        }
        if ((format == 1) != (issued == null)) {
            throw new IllegalArgumentException(
                    "issued: %s (expected: a time from format 2 on)".formatted(issued));
        }
    }

    private static List<Published> checked(String name, List<Published> versions) {
        ModelReference.checkName(name);
        for (int i = 1; i < versions.size(); i++) {
            if (versions.get(i - 1).version().compareTo(versions.get(i).version()) >= 0) {
                throw new IllegalArgumentException(
                        "artifacts: %s of %s after %s (expected: sorted, without duplicates)"
                                .formatted(
                                        versions.get(i).version(),
                                        name,
                                        versions.get(i - 1).version()));
            }
        }
        return List.copyOf(versions);
    }

    private static SortedMap<String, Version> checked(
            String name, Map<String, Version> pointers, Map<String, List<Published>> artifacts) {
        TreeSet<Version> known = new TreeSet<>();
        artifacts.getOrDefault(name, List.of()).forEach(each -> known.add(each.version()));
        pointers.forEach(
                (alias, version) -> {
                    ModelReference.checkName(alias);
                    if (!known.contains(version)) {
                        throw new IllegalArgumentException(
                                "aliases: %s@%s is %s (expected one of: %s)"
                                        .formatted(name, alias, version, known));
                    }
                });
        return Collections.unmodifiableSortedMap(new TreeMap<>(pointers));
    }
}
