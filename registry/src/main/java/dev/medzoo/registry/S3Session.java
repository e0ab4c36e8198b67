package dev.medzoo.registry;

import dev.medzoo.registry.S3Objects.Stored;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.store.S3Location;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One attempt to change a store in a bucket. */
final class S3Session implements WritableStore.Session {
    private static final Logger logger = LoggerFactory.getLogger(S3Session.class);

    private final S3Location location;
    private final S3Objects objects;
    private final Clock clock;
    private final S3Claims claims;
    private final @Nullable Stored index;

    /** Whether the index may reference the written files. From then on nothing is rolled back. */
    private boolean attempted;

    private boolean done;

    S3Session(S3Location location, S3Objects objects, Clock clock, @Nullable Stored index) {
        this.location = location;
        this.objects = objects;
        this.clock = clock;
        this.index = index;
        claims = new S3Claims(objects, clock);
    }

    @Override
    public byte @Nullable [] index() {
        return index == null ? null : index.content();
    }

    /** Always writes, so that nobody takes for a leftover what is about to be named. */
    @Override
    public void put(String path, byte[] content) throws IOException {
        objects.put(path, content);
    }

    /** What an earlier attempt has brought there is not sent again. */
    @Override
    public void putVersion(IndexEntry entry, SortedMap<String, byte[]> files) throws IOException {
        claim(entry.folder(), entry.digest());
        Map<String, String> there = new HashMap<>();
        for (S3Object object : objects.list(entry.folder() + "/")) {
            there.put(location.path(object.key()), object.eTag());
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String path = entry.folder() + "/" + file.getKey();
            if (!etag(file.getValue()).equals(there.remove(path))) {
                claims.renew();
                objects.put(path, file.getValue());
            }
        }
        for (String extra : there.keySet()) {
            objects.delete(extra);
        }
    }

    /**
     * Claims a version. Another session may have published it and released its claim; then the
     * index has changed.
     */
    private void claim(String folder, @Nullable String digest) throws IOException {
        claims.take(folder, digest);
        Stored now = objects.get(Store.INDEX);
        if (!etag(index).equals(etag(now))) {
            claims.releaseUnshared(folder);
            throw new ChangedMeanwhileException(location.toString());
        }
    }

    private static String etag(@Nullable Stored stored) {
        return stored == null ? "" : stored.etag();
    }

    /** What S3 answers for an object that came in one piece and that it did not encrypt itself. */
    private static String etag(byte[] content) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
            return '"' + HexFormat.of().formatHex(md5) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void replaceIndex(byte[] next) throws IOException {
        claims.renew();
        attempted = true;
        try {
            objects.replace(Store.INDEX, next, index);
        } catch (ConflictException e) {
            throw new ChangedMeanwhileException(location.toString());
        }
        done = true;
    }

    /** Without what is younger than a claim may be: someone may be about to name it. */
    @Override
    public Set<String> paths() throws IOException {
        Instant limit = clock.instant().minus(Claim.LEASE);
        Set<String> old = new TreeSet<>();
        Set<String> young = new HashSet<>();
        for (S3Object object : objects.list("")) {
            String path = location.path(object.key());
            boolean isYoung = object.lastModified().isAfter(limit);
            addWithFolders(path, isYoung ? young : old);
            if (isYoung && S3Claims.isClaim(path)) {
                young.add(S3Claims.folder(path));
            }
        }
        old.removeAll(young);
        return old;
    }

    private static void addWithFolders(String path, Set<String> paths) {
        paths.add(path);
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            paths.add(path.substring(0, end + 1));
        }
    }

    @Override
    public void remove(String path) throws IOException {
        if (S3Claims.isClaim(path)) {
            claims.removeOver(path);
        } else if (path.endsWith("/")) {
            String folder = path.substring(0, path.length() - 1);
            claim(folder, null);
            removeVersion(folder);
        } else {
            objects.delete(path);
        }
    }

    private void removeVersion(String folder) throws IOException {
        for (S3Object object : objects.list(folder + "/")) {
            objects.delete(location.path(object.key()));
        }
        claims.release(folder);
    }

    @Override
    public void close() throws IOException {
        if (done) {
            finish();
        } else if (!attempted) {
            for (String folder : claims.toRemove()) {
                removeVersion(folder);
            }
        }
    }

    /** The change is made, whatever becomes of the claims. */
    private void finish() {
        try {
            claims.releaseAll();
            objects.delete(WritableS3Store.UNBORN);
        } catch (IOException e) {
            logger.warn(
                    "a claim was left behind; gc removes it once it is an hour old: {}",
                    e.getMessage());
        }
    }
}
