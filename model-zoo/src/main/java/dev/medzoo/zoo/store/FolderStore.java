package dev.medzoo.zoo.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import ai.djl.MalformedModelException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A store in a folder. Symbolic links below it are never followed. */
public final class FolderStore implements Store {
    private final Path root;

    public FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
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
                    "%s: absent (expected: a file) in %s".formatted(path, root));
        }
        Path real = root.toRealPath().resolve(path);
        if (!Files.isRegularFile(real, NOFOLLOW_LINKS) || !real.equals(real.toRealPath())) {
            throw new MalformedModelException(
                    "%s: a link or no file (expected: a plain file) in %s".formatted(path, root));
        }
        try (InputStream in = Files.newInputStream(real, NOFOLLOW_LINKS)) {
            return Store.bounded(in.readNBytes(maxBytes + 1), maxBytes, path, this);
        }
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
