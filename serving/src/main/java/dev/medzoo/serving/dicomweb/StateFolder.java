package dev.medzoo.serving.dicomweb;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The state folder of a node: owner-only access, locked for one node at a time. The system releases
 * the lock when the process dies; the empty lock file stays.
 */
final class StateFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private StateFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Creates or opens it, and locks it.
     *
     * @throws IOException when others can write it, or another node has locked it
     */
    static StateFolder take(Path folder) throws IOException {
        PrivateFiles.makeFolders(folder);
        FileChannel lock =
                PrivateFiles.open(
                        folder.resolve("lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        try {
            if (lock.tryLock() != null) {
                return new StateFolder(folder, lock);
            }
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException(taken(folder), e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        lock.close();
        throw new IOException(taken(folder));
    }

    private static String taken(Path folder) {
        return folder + ": used by another node (expected: one folder per node)";
    }

    Path journal() {
        return folder.resolve("journal");
    }

    /** Temporary file of a compacted journal. */
    Path nextJournal() {
        return folder.resolve("journal.next");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
