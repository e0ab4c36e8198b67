package dev.medzoo.zoo.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import ai.djl.MalformedModelException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in a folder. Symbolic links below it are never followed. */
public final class FolderStore implements Store {
    private static final Logger logger = LoggerFactory.getLogger(FolderStore.class);

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private final Path root;
    private final String absence;

    public FolderStore(Path root) {
        this(root, "");
    }

    private FolderStore(Path root, String absence) {
        this.root = root.toAbsolutePath().normalize();
        this.absence = absence;
    }

    /**
     * A folder that is taken because nothing else was found: the log says so, and so does every
     * message about what is absent in it.
     *
     * @param lookedAt where else was looked, in words
     */
    static FolderStore asLastPlace(Path root, String lookedAt) {
        FolderStore store = new FolderStore(root, "; looked at %s too".formatted(lookedAt));
        if (Files.exists(store.root.resolve(INDEX)) && !TOLD.getAndSet(true)) {
            logger.info("store: {}, as nothing was found at {}", store, lookedAt);
        }
        return store;
    }

    /** The folder, absolute. */
    public Path root() {
        return root;
    }

    @Override
    public byte[] read(String path, int maxBytes) throws IOException, MalformedModelException {
        Path file = root.resolve(path);
        if (!Files.exists(file, NOFOLLOW_LINKS)) {
            throw new FileNotFoundException(
                    "%s: absent (expected: a file) in %s%s".formatted(path, root, absence));
        }
        Path real = root.toRealPath().resolve(path);
        if (!Files.isRegularFile(real, NOFOLLOW_LINKS) || !real.equals(real.toRealPath())) {
            throw new MalformedModelException(
                    "%s: a link or no file (expected: a plain file) in %s".formatted(path, root));
        }
        try (SeekableByteChannel in = Files.newByteChannel(real, Set.of(READ, NOFOLLOW_LINKS))) {
            return Store.bounded(bytes(in, maxBytes), maxBytes, path, this);
        }
    }

    /** In one piece, and one byte too many of a file that is too large. */
    private static byte[] bytes(SeekableByteChannel in, int maxBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(in.size(), maxBytes + 1L));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = in.read(bytes);
        }
        return bytes.hasRemaining()
                ? Arrays.copyOf(bytes.array(), bytes.position())
                : bytes.array();
    }

    @Override
    public Optional<Set<String>> list(String folder) throws IOException {
        Path top = root.resolve(folder);
        try (Stream<Path> below = Files.walk(top)) {
            return Optional.of(
                    below.filter(path -> !path.equals(top))
                            .map(path -> relative(top, path))
                            .collect(Collectors.toSet()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String relative(Path top, Path path) {
        String name = top.relativize(path).toString().replace('\\', '/');
        return Files.isDirectory(path, NOFOLLOW_LINKS) ? name + "/" : name;
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
