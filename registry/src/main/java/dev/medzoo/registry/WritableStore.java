package dev.medzoo.registry;

import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A store that can be written. Everything in it but {@code index.json} is written once and named by
 * nothing until the index names it: so the index alone decides what is there, and {@link
 * Session#replaceIndex} is the one moment at which a change happens.
 */
public interface WritableStore {
    /** The same, to read. */
    Store store();

    /**
     * Takes the right to change the store.
     *
     * @throws IOException when the store cannot be read or written
     */
    Session open() throws IOException;

    /** The right to change a store, until it is closed. */
    interface Session extends AutoCloseable {
        /** {@code index.json} as it is, or null when the store holds nothing yet. */
        byte @Nullable [] index();

        /** Puts a file under a name that its content gives it, whole or not at all. */
        void put(String path, byte[] content) throws IOException;

        /**
         * Puts all files of a version, whole or not at all, in the place of what a crash may have
         * left there.
         *
         * @param files path inside the version's folder to content
         */
        void putVersion(IndexEntry entry, SortedMap<String, byte[]> files) throws IOException;

        /**
         * Puts another index in the place of the one that {@link #index} gave.
         *
         * @throws ChangedMeanwhileException when someone else has done so before
         */
        void replaceIndex(byte[] index) throws IOException;

        /** What lies in the store, as paths of files and, of what is no file, of folders. */
        Set<String> paths() throws IOException;

        /** Removes a file or folder that no index names. */
        void remove(String path) throws IOException;

        @Override
        void close() throws IOException;
    }
}
