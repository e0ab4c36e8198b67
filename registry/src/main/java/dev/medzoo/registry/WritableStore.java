package dev.medzoo.registry;

import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A writable store. Every file except {@code index.json} is written once and unreferenced until the
 * index lists it. So {@link Session#replaceIndex} is the commit point of a change.
 */
public interface WritableStore {
    /** The store for reading. */
    Store store();

    /**
     * Opens a write session.
     *
     * @throws IOException when the store cannot be read or written
     */
    Session open() throws IOException;

    /** A write session. */
    interface Session extends AutoCloseable {
        /** The current {@code index.json}, or null for an empty store. */
        byte @Nullable [] index();

        /** Writes a content-addressed file atomically. */
        void put(String path, byte[] content) throws IOException;

        /**
         * Writes all files of a version atomically, replacing leftovers of a crash.
         *
         * @param files path inside the version's folder to content
         */
        void putVersion(IndexEntry entry, SortedMap<String, byte[]> files) throws IOException;

        /**
         * Replaces the index that {@link #index} returned.
         *
         * @throws ChangedMeanwhileException when another session has replaced it
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
