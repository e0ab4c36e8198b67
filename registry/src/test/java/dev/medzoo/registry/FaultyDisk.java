package dev.medzoo.registry;

import dev.medzoo.zoo.store.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk on which something happens at the n-th thing that is asked of it, from 1, or at each. */
final class FaultyDisk extends DurableWrites {
    /** What happens. */
    interface Fault {
        void strike(Path path) throws IOException;
    }

    private final Fault fault;
    private final boolean isAtEach;
    private int left;

    FaultyDisk(int n, Fault fault) {
        this(n, fault, false);
    }

    private FaultyDisk(int n, Fault fault, boolean isAtEach) {
        this.left = n;
        this.fault = fault;
        this.isAtEach = isAtEach;
    }

    /**
     * A disk on which it happens at each thing that is asked of it, and then that thing is done.
     */
    static FaultyDisk always(Fault fault) {
        return new FaultyDisk(0, fault, true);
    }

    private boolean isDue() {
        return isAtEach || --left == 0;
    }

    private void strikeIfDue(Path path) throws IOException {
        if (isDue()) {
            fault.strike(path);
        }
    }

    @Override
    ProcessLock lock(Path file) throws IOException {
        strikeIfDue(file);
        return super.lock(file);
    }

    @Override
    void createFolders(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            strikeIfDue(folder);
        }
        super.createFolders(folder);
    }

    /** Half of the file is there when it happens. */
    @Override
    void write(Path file, byte[] content) throws IOException {
        if (isDue()) {
            Files.write(file, Arrays.copyOf(content, content.length / 2));
            fault.strike(file);
        }
        super.write(file, content);
    }

    /** Before the rename, or after it and before it is forced to the disk. */
    @Override
    void move(Path from, Path to) throws IOException {
        strikeIfDue(to);
        super.move(from, to);
    }

    @Override
    void forceNames(Path folder) throws IOException {
        strikeIfDue(folder);
        super.forceNames(folder);
    }

    @Override
    void deleteOne(Path path) throws IOException {
        strikeIfDue(path);
        super.deleteOne(path);
    }
}
