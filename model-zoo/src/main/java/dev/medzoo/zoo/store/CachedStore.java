package dev.medzoo.zoo.store;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store at the other end of a network, made bearable. What fails in passing is tried again, large
 * files resume, and small ones, the index above all, leave a copy. Online a copy is never used;
 * offline nothing else is, and no connection is made.
 */
public final class CachedStore implements Store {
    private static final Logger logger = LoggerFactory.getLogger(CachedStore.class);
    private static final int LARGEST_COPY_BYTES = 4 << 20;

    private final RemoteStore remote;
    private final Path copies;
    private final boolean offline;
    private final RetryClock time;

    CachedStore(RemoteStore remote, Path cache, boolean offline, RetryClock time) {
        this.remote = remote;
        this.offline = offline;
        this.time = time;
        String place = Sha256.hex(remote.toString().getBytes(StandardCharsets.UTF_8));
        copies = cache.resolve("stores").resolve(place);
    }

    /** The store with the cache, and on- or offline, as the settings say. */
    static CachedStore of(RemoteStore remote) {
        return new CachedStore(
                remote, CacheFolder.root(), CacheFolder.isOffline(), RetryClock.REAL);
    }

    /**
     * The files at an address that need be no store of artifacts. A store's token is shown there
     * only if a setting names a store of that server; a netrc file's entry always is.
     *
     * @param address {@code http(s)} or {@code s3}
     * @throws IllegalArgumentException for anything else
     */
    public static CachedStore ofFiles(String address) {
        if (!isAddress(address)) {
            throw new IllegalArgumentException(
                    "address: %s (expected: one of http(s) or s3)".formatted(address));
        }
        return address.toLowerCase(Locale.ROOT).startsWith("s3:")
                ? (CachedStore) Store.open(address)
                : of(HttpStore.ofFiles(HttpStore.address(address), Redirects.fromSettings()));
    }

    /** Whether a location is at the other end of a network. */
    public static boolean isAddress(String location) {
        return location.matches("(?is)(https?|s3)://.*");
    }

    @Override
    public byte[] read(String path, int maxBytes) throws IOException, MalformedModelException {
        if (offline) {
            return readCopy(path, maxBytes);
        }
        Retry retry = new Retry(time);
        while (true) {
            try {
                byte[] bytes = remote.read(path, maxBytes);
                keep(path, bytes);
                return bytes;
            } catch (TransientException e) {
                retry.after(e);
            } catch (FileNotFoundException e) {
                Files.deleteIfExists(copies.resolve(path));
                throw e;
            }
        }
    }

    /**
     * Fetches one file, going on where an earlier attempt, of this process or another, ended. The
     * caller sees to it that nobody else writes that part at the same time.
     *
     * @param folder of the store that it is in
     * @param size in bytes that it must have
     * @param sha256 64 digits that it must have
     * @param part where it is put together; complete and right when this returns
     * @param arrived told how many bytes of it are there, again and again
     * @throws FileNotFoundException when the store has no such file
     * @throws MalformedModelException when what came is another file; the part is gone then
     */
    public void fetch(
            String folder, String path, long size, String sha256, Path part, LongConsumer arrived)
            throws IOException, MalformedModelException {
        if (offline) {
            throw absent(folder + "/" + path);
        }
        new Download(remote, folder + "/" + path, size, size, sha256, part, arrived, time)
                .run(folder);
    }

    /**
     * The same of a file at the top whose size nobody has said.
     *
     * @param path below the store
     * @param mostBytes that it may have
     */
    public void fetch(String path, long mostBytes, String sha256, Path part)
            throws IOException, MalformedModelException {
        if (offline) {
            throw absent(path);
        }
        new Download(remote, path, 0, mostBytes, sha256, part, arrived -> {}, time)
                .run(remote.toString());
    }

    /** Whether copies alone are read. */
    public boolean isOffline() {
        return offline;
    }

    /** Says of a fault in something read whose fault it is: offline, that of a copy. */
    public MalformedModelException blame(MalformedModelException fault) {
        return blame(fault, copies);
    }

    /**
     * Says the same of a copy elsewhere in the cache.
     *
     * @param copy where what was read lies
     */
    public MalformedModelException blame(MalformedModelException fault, Path copy) {
        return offline
                ? new MalformedModelException(
                        "%s; the cached copy %s is damaged or out of date (expected: go online once, to fetch it again)"
                                .formatted(fault.getMessage(), copy),
                        fault)
                : fault;
    }

    private byte[] readCopy(String path, int maxBytes) throws IOException, MalformedModelException {
        try {
            return new FolderStore(copies).read(path, maxBytes);
        } catch (FileNotFoundException e) {
            throw (IOException) absent(path).initCause(e);
        }
    }

    private IOException absent(String path) {
        return new IOException(
                "%s: offline, and not in the cache (expected: fetched before) from %s"
                        .formatted(path, this));
    }

    private void keep(String path, byte[] bytes) {
        Path copy = copies.resolve(path);
        if (bytes.length > LARGEST_COPY_BYTES) {
            return;
        }
        try {
            if (Files.isRegularFile(copy) && Arrays.equals(Files.readAllBytes(copy), bytes)) {
                return;
            }
            Path folder = PrivateFiles.makeFolders(copy.resolveSibling(".").normalize());
            Path fresh = Files.createTempFile(folder, "", ".tmp");
            Files.write(fresh, bytes);
            Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            logger.warn("{} cannot be cached for offline use: {}", path, e.toString());
        }
    }

    @Override
    public Optional<Set<String>> list(String folder) throws IOException {
        return remote.list(folder);
    }

    @Override
    public String toString() {
        return remote.toString();
    }
}
