package dev.medzoo.zoo.store;

import ai.djl.MalformedModelException;
import ai.djl.util.ClassLoaderUtils;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store that the class path carries, below {@value JarStore#PREFIX}. Every file is asked of the
 * class loader, so it does not matter how that keeps it: in a jar, in a jar inside a jar, or among
 * the classes of a whole program. A class loader cannot list, so nothing but what a manifest names
 * is ever read.
 */
public final class ClassPathStore implements Store {
    private static final String INDEX_RESOURCE = JarStore.PREFIX + INDEX;

    private final ClassLoader loader;
    private final String place;

    private ClassPathStore(ClassLoader loader, URL index) {
        this.loader = loader;
        String text = index.toString();
        place = text.substring(0, text.length() - INDEX.length());
    }

    /**
     * Looks for a store on the class path. The loader of the thread is asked first, and then that
     * of this class: a thread of a shared pool has one that knows nothing of what a fat jar holds.
     *
     * @return a folder's store where the class path has it in a folder, as in a build
     */
    static Optional<Store> find() {
        return loaders().flatMap(loader -> Optional.ofNullable(at(loader)).stream()).findFirst();
    }

    /** Where {@link #find} looks, in words for a message. */
    static String lookedAt() {
        return INDEX_RESOURCE + " on the class path";
    }

    private static Stream<ClassLoader> loaders() {
        return Stream.of(
                        ClassLoaderUtils.getContextClassLoader(),
                        ClassPathStore.class.getClassLoader())
                .filter(Objects::nonNull)
                .distinct();
    }

    private static @Nullable Store at(ClassLoader loader) {
        URL index = loader.getResource(INDEX_RESOURCE);
        if (index == null) {
            return null;
        }
        ClassPathStore store = new ClassPathStore(loader, index);
        return index.getProtocol().equals("file")
                ? new FolderStore(Path.of(URI.create(store.place)))
                : store;
    }

    @Override
    public byte[] read(String path, int maxBytes) throws IOException, MalformedModelException {
        URL file = loader.getResource(JarStore.PREFIX + path);
        if (file == null) {
            throw new FileNotFoundException(
                    "%s: absent (expected: a file) in %s".formatted(path, this));
        }
        URLConnection connection = file.openConnection();
        // A jar that stays open after the last read could not be replaced on Windows.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return Store.bounded(in.readNBytes(maxBytes + 1), maxBytes, path, this);
        }
    }

    @Override
    public Optional<Set<String>> list(String folder) {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return place;
    }
}
