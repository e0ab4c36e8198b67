package dev.medzoo.registry;

import dev.medzoo.registry.S3Objects.Stored;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.S3Clients;
import dev.medzoo.zoo.store.S3Location;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A store in a bucket of S3, or of a server that knows its conditional writes. Nobody waits for
 * anybody: who replaces the index first wins, and the others are told. What a version consists of
 * is written under a {@link Claim}, and what a session wrote of it is taken back when the session
 * fails before it comes to the index. What was written after that, or by a session that died, is
 * found by {@link GarbageCollector} once it is an hour old.
 */
public final class WritableS3Store implements WritableStore {
    /** Beside what a first change writes before there is an index. */
    static final String UNBORN = ".unborn";

    private final S3Location location;
    private final S3Objects objects;
    private final Clock clock;
    private final Store store;

    /**
     * The store at a location.
     *
     * @param location one without any key becomes a new store with the first change
     */
    public WritableS3Store(S3Location location) {
        this(location, S3Clients.writing(), Clock.systemUTC());
    }

    WritableS3Store(S3Location location, S3Client client, Clock clock) {
        this.location = location;
        this.clock = clock;
        objects = new S3Objects(location, client);
        store = Store.open(location.toString());
    }

    @Override
    public Store store() {
        return store;
    }

    /**
     * Reads the index.
     *
     * @throws IOException also when there is none though there are other keys: an index that was
     *     lost must not be started anew, for its serial and revocations would be lost too
     */
    @Override
    public Session open() throws IOException {
        if (CacheFolder.isOffline()) {
            throw new IOException("%s: offline (expected: online, to write)".formatted(location));
        }
        Stored index = objects.get(Store.INDEX);
        if (index == null) {
            refuseOrphans();
        } else {
            objects.delete(UNBORN);
        }
        return new S3Session(location, objects, clock, index);
    }

    private void refuseOrphans() throws IOException {
        Set<String> paths =
                objects.list("").stream()
                        .map(object -> location.path(object.key()))
                        .collect(Collectors.toSet());
        if (paths.contains(Store.INDEX)) {
            throw new ChangedMeanwhileException(location.toString());
        }
        if (paths.isEmpty()) {
            objects.put(UNBORN, new byte[0]);
        } else if (!paths.contains(UNBORN)) {
            throw new IOException(
                    "%s: absent (expected: an index, or no key at all) in %s"
                            .formatted(Store.INDEX, location));
        }
    }

    @Override
    public String toString() {
        return location.toString();
    }
}
