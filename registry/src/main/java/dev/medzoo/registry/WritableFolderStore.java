package dev.medzoo.registry;

import dev.medzoo.zoo.format.StrayFile;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.ProcessLock;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store in a folder. A lock allows one writer at a time. Incomplete files have names that begin
 * with {@value #FRESH}, so that a crash leaves nothing else behind. A failed session rolls its
 * writes back.
 */
public final class WritableFolderStore implements WritableStore {
    /** Name prefix of incomplete files. */
    static final String FRESH = ".fresh-";

    private static final String LOCK_FILE = ".lock";

    /** Beside what a first change writes before there is an index. */
    private static final String UNBORN = ".unborn";

    private final FolderStore store;
    private final DurableWrites disk;

    /**
     * The store in a folder.
     *
     * @param root one that is absent or empty becomes a new store with the first change
     */
    public WritableFolderStore(Path root) {
        this(root, new DurableWrites());
    }

    WritableFolderStore(Path root, DurableWrites disk) {
        this.store = new FolderStore(root);
        this.disk = disk;
    }

    @Override
    public Store store() {
        return store;
    }

    /**
     * Waits until nobody else changes the store.
     *
     * @throws IOException also when there is no index though the folder holds something: an index
     *     that was lost must not be started anew, for its serial and revocations would be lost too
     */
    @Override
    public Session open() throws IOException {
        Path root = store.root();
        disk.createFolders(root);
        ProcessLock lock = disk.lock(root.resolve(LOCK_FILE));
        try {
            return new FolderSession(lock, readIndex());
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private byte @Nullable [] readIndex() throws IOException {
        Path index = store.root().resolve(Store.INDEX);
        Path unborn = store.root().resolve(UNBORN);
        if (Files.exists(index)) {
            disk.delete(unborn);
            return Files.readAllBytes(index);
        }
        if (isEmpty()) {
            disk.write(unborn, new byte[0]);
        }
        if (Files.exists(unborn)) {
            return null;
        }
        throw new IOException(
                "%s: absent (expected: an index, or an empty folder) in %s"
                        .formatted(Store.INDEX, store));
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> inside = Files.list(store.root())) {
            return inside.allMatch(path -> path.endsWith(LOCK_FILE) || isStray(path));
        }
    }

    private static boolean isStray(Path path) {
        return StrayFile.isOne(path.getFileName().toString());
    }

    private final class FolderSession implements Session {
        private final ProcessLock lock;
        private final byte @Nullable [] index;

        /** Written files that the index does not reference yet, newest first. */
        private final Deque<Path> unnamed = new ArrayDeque<>();

        FolderSession(ProcessLock lock, byte @Nullable [] index) {
            this.lock = lock;
            this.index = index;
        }

        @Override
        public byte @Nullable [] index() {
            return index == null ? null : index.clone();
        }

        @Override
        public void put(String path, byte[] content) throws IOException {
            Path file = store.root().resolve(path);
            createFolders(parent(file));
            if (!Files.exists(file)) {
                unnamed.push(file);
            } else if (Arrays.equals(content, Files.readAllBytes(file))) {
                return;
            }
            replace(file, content);
        }

        @Override
        public void putVersion(IndexEntry entry, SortedMap<String, byte[]> files)
                throws IOException {
            Path folder = store.root().resolve(entry.folder());
            createFolders(parent(folder));
            Path fresh = fresh(folder);
            disk.delete(fresh);
            disk.delete(folder);
            unnamed.push(fresh);
            disk.createFolders(fresh);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = fresh.resolve(file.getKey());
                disk.createFolders(parent(path));
                disk.write(path, file.getValue());
            }
            disk.forceNames(fresh);
            unnamed.push(folder);
            disk.move(fresh, folder);
        }

        @Override
        public void replaceIndex(byte[] next) throws IOException {
            try {
                replace(store.root().resolve(Store.INDEX), next);
            } finally {
                // A failure after the rename must not take back what is named by now.
                if (isIndex(next)) {
                    unnamed.clear();
                }
            }
            disk.delete(store.root().resolve(UNBORN));
        }

        @Override
        public Set<String> paths() throws IOException {
            Set<String> paths = new TreeSet<>();
            Path root = store.root();
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(path -> !path.equals(root))
                        .forEach(path -> paths.add(relative(root, path)));
            }
            paths.remove(LOCK_FILE);
            return paths;
        }

        @Override
        public void remove(String path) throws IOException {
            disk.delete(store.root().resolve(path));
        }

        @Override
        public void close() throws IOException {
            try {
                for (Path path : unnamed) {
                    disk.delete(path);
                }
            } finally {
                lock.close();
            }
        }

        private boolean isIndex(byte[] content) throws IOException {
            Path file = store.root().resolve(Store.INDEX);
            return Files.exists(file) && Arrays.equals(content, Files.readAllBytes(file));
        }

        private void createFolders(Path folder) throws IOException {
            if (!Files.exists(folder)) {
                createFolders(parent(folder));
                unnamed.push(folder);
                disk.createFolders(folder);
            }
        }

        private void replace(Path file, byte[] content) throws IOException {
            Path fresh = fresh(file);
            unnamed.push(fresh);
            disk.write(fresh, content);
            disk.move(fresh, file);
        }
    }

    private static Path fresh(Path path) {
        return path.resolveSibling(FRESH + path.getFileName());
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    private static String relative(Path root, Path path) {
        String name = root.relativize(path).toString().replace('\\', '/');
        return Files.isDirectory(path) ? name + "/" : name;
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
