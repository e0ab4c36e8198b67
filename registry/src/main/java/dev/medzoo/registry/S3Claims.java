package dev.medzoo.registry;

import dev.medzoo.registry.S3Objects.Stored;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one session. A version's files change under a claim only. Two claims of one version
 * are never valid at once, unless both are for the same bytes.
 */
final class S3Claims {
    /** How the name of a claim begins; the version follows. */
    static final String CLAIM = ".claim-";

    private final S3Objects objects;
    private final Clock clock;
    private final SortedMap<String, Held> held = new TreeMap<>();

    S3Claims(S3Objects objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * A claim of this session.
     *
     * @param shared whether another session may be writing the same bytes
     */
    private record Held(Claim claim, Stored stored, boolean shared) {}

    /**
     * Claims a version.
     *
     * @param folder of the version
     * @param digest of the manifest to be written, or null to remove the version
     * @throws IOException when another claim is valid: of what, and since when
     */
    void take(String folder, @Nullable String digest) throws IOException {
        String path = path(folder);
        Stored before = objects.get(path);
        boolean shared = before != null && isShared(before, digest, path);
        held.put(folder, write(folder, digest, before, shared));
    }

    private Held write(
            String folder, @Nullable String digest, @Nullable Stored before, boolean shared)
            throws IOException {
        String path = path(folder);
        Claim claim = new Claim(digest, clock.instant(), UUID.randomUUID().toString());
        try {
            return new Held(claim, objects.replace(path, claim.toBytes(), before), shared);
        } catch (ConflictException e) {
            throw new ConflictException(
                    "%s: taken by someone else (expected: unchanged since it was read) in %s"
                            .formatted(path, objects),
                    e);
        }
    }

    private boolean isShared(Stored before, @Nullable String digest, String path)
            throws IOException {
        Claim other = Claim.parse(before.content(), path, objects.toString());
        if (other.isOlder(Claim.LEASE, clock.instant())) {
            return false;
        }
        if (digest != null && digest.equals(other.digest())) {
            return true;
        }
        throw new IOException(
                "%s: %s since %s (expected: none, or over an hour old) in %s"
                        .formatted(
                                path,
                                other.digest() == null
                                        ? "being removed by someone else"
                                        : "being published by someone else as " + other.digest(),
                                other.since(),
                                objects));
    }

    /**
     * Renews claims that are about to expire, before anything more is written.
     *
     * @throws IOException naming a claim for which it is too late, or that is someone else's now
     */
    void renew() throws IOException {
        Instant now = clock.instant();
        for (Map.Entry<String, Held> each : held.entrySet()) {
            Claim claim = each.getValue().claim();
            if (claim.isOlder(Claim.WORK, now)) {
                throw new IOException(
                        "%s: claimed at %s (expected: renewed within %s; run the command again) in %s"
                                .formatted(
                                        path(each.getKey()), claim.since(), Claim.WORK, objects));
            }
            if (claim.isOlder(Claim.FRESH, now)) {
                Held old = each.getValue();
                each.setValue(write(each.getKey(), claim.digest(), old.stored(), old.shared()));
            }
        }
    }

    /** Releases a claim, if this session still owns it. */
    void release(String folder) throws IOException {
        Held claim = Objects.requireNonNull(held.remove(folder));
        try {
            objects.delete(path(folder), claim.stored());
        } catch (ConflictException e) {
            // Someone goes on with it.
        }
    }

    /** Gives one back unless that would leave someone else without. */
    void releaseUnshared(String folder) throws IOException {
        if (Objects.requireNonNull(held.get(folder)).shared()) {
            held.remove(folder);
        } else {
            release(folder);
        }
    }

    /** Releases all claims. */
    void releaseAll() throws IOException {
        while (!held.isEmpty()) {
            release(held.firstKey());
        }
    }

    /**
     * Those versions of this session that nobody else is writing. From now on they are claimed for
     * being removed.
     */
    Set<String> toRemove() throws IOException {
        for (String folder : Set.copyOf(held.keySet())) {
            Held claim = Objects.requireNonNull(held.remove(folder));
            if (!claim.shared()) {
                remove(folder, claim.stored());
            }
        }
        return Set.copyOf(held.keySet());
    }

    private void remove(String folder, Stored before) throws IOException {
        try {
            held.put(folder, write(folder, null, before, false));
        } catch (ConflictException e) {
            // Someone goes on with it.
        }
    }

    /** Removes an expired claim. */
    void removeOver(String path) throws IOException {
        Stored stored = objects.get(path);
        if (stored != null
                && Claim.parse(stored.content(), path, objects.toString())
                        .isOlder(Claim.LEASE, clock.instant())) {
            objects.delete(path, stored);
        }
    }

    static boolean isClaim(String path) {
        return path.contains("/" + CLAIM);
    }

    /** Where the claim of a version is: beside its folder, for nothing else may lie in there. */
    private static String path(String folder) {
        return folder.replace("/", "/" + CLAIM);
    }

    /** The folder of the version that a claim is about, ending in {@code /}. */
    static String folder(String claim) {
        return claim.replace("/" + CLAIM, "/") + "/";
    }
}
