package dev.medzoo.serving.dicomweb;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The folder in which a node keeps its state, for its owner alone, and for one node at a time. The
 * system takes the lock back when the process dies; its file stays, empty.
 */
final class StateFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private StateFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes it where it is not there.
     *
     * @throws IOException when others can write it, or another node has it
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
        return folder + ": another node has it (expected: a folder of its own for each)";
    }

    Path journal() {
        return folder.resolve("journal");
    }

    /** Where the next journal is written before it takes the place of this one. */
    Path nextJournal() {
        return folder.resolve("journal.next");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
