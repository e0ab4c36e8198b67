package dev.medzoo.zoo.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.MalformedModelException;
import ai.djl.util.Progress;
import dev.medzoo.zoo.format.NamedWrite;
import dev.medzoo.zoo.format.PortablePath;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.CachedStore;
import dev.medzoo.zoo.store.PrivateFiles;
import dev.medzoo.zoo.store.ProcessLock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Copies of data sets from a network. At an address lie {@code manifest.csv} and the pictures that
 * it lists, by their paths; nothing else is ever asked for, and every byte of a picture is verified
 * against the manifest's digest.
 *
 * <p>The copies lie in {@code data/<sha256 of the manifest>/<name>/} of the cache, so that a
 * manifest that changes at its address is another copy, and one that a run reads stays as it is.
 */
public final class DataSetCache {
    private static final int MOST_MANIFEST_BYTES = 256 << 20;

    private final Path root;
    private final Function<String, CachedStore> stores;
    private final Consumer<String> note;
    private final Progress progress;

    /**
     * The cache that the settings name.
     *
     * @param note receives a sentence about each data set
     * @param progress of the pictures that are fetched
     */
    public DataSetCache(Consumer<String> note, Progress progress) {
        this(CacheFolder.root(), CachedStore::ofFiles, note, progress);
    }

    DataSetCache(
            Path cache,
            Function<String, CachedStore> stores,
            Consumer<String> note,
            Progress progress) {
        root = cache.resolve("data");
        this.stores = stores;
        this.note = note;
        this.progress = progress;
    }

    /** Whether a data set lies at an address itself; offline, whether one was fetched from it. */
    public boolean isDataSet(String address) throws IOException, MalformedModelException {
        CachedStore store = stores.apply(address);
        if (store.isOffline()) {
            return Files.exists(pointer(store));
        }
        try {
            store.read(PictureManifest.FILE, MOST_MANIFEST_BYTES);
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /**
     * Ensures a complete copy, every byte of which is verified now. What an earlier attempt left is
     * gone on with; a damaged picture is fetched again.
     *
     * @param name of the data set, which the folder gets
     * @param address of the folder that holds its manifest
     * @param sha256 that the manifest must have, 64 digits, or null for any. With one, a copy that
     *     is there is used without asking for the manifest.
     * @return the folder
     * @throws FaultyDataException when the manifest is another or faulty, or pictures are absent or
     *     have other digests; it lists them
     */
    @SuppressWarnings("try") // The lock is held, never asked.
    public Path fetch(String name, String address, @Nullable String sha256)
            throws IOException, MalformedModelException {
        if (name.contains("/") || !PortablePath.isFile(name)) {
            throw new IllegalArgumentException(
                    "data set: %s (expected: a name of letters, digits, dots and dashes)"
                            .formatted(name));
        }
        CachedStore store = stores.apply(address);
        byte[] bytes = manifest(store, name, sha256);
        String digest = Sha256.hex(bytes);
        Path home = PrivateFiles.makeFolders(root.resolve(digest));
        Path folder = home.resolve(name);
        try (ProcessLock unused = ProcessLock.take(home.resolve(name + ".lock"))) {
            replace(folder.resolve(PictureManifest.FILE), bytes);
            PictureManifest manifest = PictureManifest.read(folder);
            refuseOtherDigests(manifest);
            DataSetFetch fetch = new DataSetFetch(store, manifest, home.resolve(name + ".parts"));
            int fetched = fetch.run(earlier(store, name, digest), note, progress);
            replace(pointer(store), digest.getBytes(UTF_8));
            note.accept(
                    "data: %s: %d pictures, %d of them fetched; manifest sha256 %s"
                            .formatted(name, manifest.rows().size(), fetched, digest));
        }
        return folder;
    }

    private byte[] manifest(CachedStore store, String name, @Nullable String sha256)
            throws IOException, MalformedModelException {
        String wanted = sha256 == null && store.isOffline() ? latest(store).orElse(null) : sha256;
        Path copy = wanted == null ? null : copy(wanted, name);
        if (copy != null && Files.isRegularFile(copy) && Sha256.hex(copy).equals(wanted)) {
            return Files.readAllBytes(copy);
        }
        if (store.isOffline()) {
            throw new IOException(
                    "%s/%s: offline, and not in the cache (expected: fetched before) from %s"
                            .formatted(name, PictureManifest.FILE, store));
        }
        byte[] bytes = store.read(PictureManifest.FILE, MOST_MANIFEST_BYTES);
        if (sha256 != null && !Sha256.hex(bytes).equals(sha256)) {
            throw new FaultyDataException(
                    List.of(
                            "%s/%s: sha256 %s (expected: %s, as the recipe says) at %s"
                                    .formatted(
                                            name,
                                            PictureManifest.FILE,
                                            Sha256.hex(bytes),
                                            sha256,
                                            store)));
        }
        return bytes;
    }

    /** Refuses pictures whose bytes nothing would vouch for, before any is asked for. */
    private static void refuseOtherDigests(PictureManifest manifest) {
        List<String> faults = new ArrayList<>();
        for (PictureManifest.Row row : manifest.rows()) {
            if (!Sha256.isHex(row.sha256())) {
                faults.add(
                        "%s: sha256: %s (expected: 64 hexadecimal digits)"
                                .formatted(manifest.where(row.line()), row.sha256()));
            }
        }
        FaultyDataException.refuse(faults);
    }

    /** What was last fetched from an address, if it is another copy. */
    private @Nullable PictureManifest earlier(CachedStore store, String name, String digest)
            throws IOException {
        Optional<String> before = latest(store).filter(other -> !other.equals(digest));
        if (before.isEmpty() || !Files.isRegularFile(copy(before.get(), name))) {
            return null;
        }
        try {
            return PictureManifest.read(root.resolve(before.get()).resolve(name));
        } catch (FaultyDataException e) {
            return null;
        }
    }

    private Path copy(String digest, String name) {
        return root.resolve(digest).resolve(name).resolve(PictureManifest.FILE);
    }

    private Optional<String> latest(CachedStore store) throws IOException {
        Path pointer = pointer(store);
        return Files.isRegularFile(pointer)
                ? Optional.of(Files.readString(pointer)).filter(Sha256::isHex)
                : Optional.empty();
    }

    /** The file that says which manifest was last fetched from an address. */
    private Path pointer(CachedStore store) {
        return root.resolve("addresses").resolve(Sha256.hex(store.toString().getBytes(UTF_8)));
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        if (Files.isRegularFile(file) && Sha256.hex(file).equals(Sha256.hex(bytes))) {
            return;
        }
        Path folder = PrivateFiles.makeFolders(file.resolveSibling(".").normalize());
        Path fresh = Files.createTempFile(folder, "", ".tmp");
        try {
            NamedWrite.to(file, () -> Files.write(fresh, bytes));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /**
     * A folder with data sets side by side, as a recipe's are on a disk: a link to each.
     *
     * @param folders of the data sets, by their names
     */
    public Path sideBySide(Map<String, Path> folders) throws IOException {
        return SideBySide.of(root.resolve("together"), folders);
    }
}
