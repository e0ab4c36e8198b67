package dev.medzoo.zoo.store;

import ai.djl.MalformedModelException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A store in a jar, below {@value #PREFIX}: the way that {@code medzoo-models} carries it. */
public final class JarStore implements Store {
    /** Where the store begins inside the jar. */
    public static final String PREFIX = "dev/medzoo/models/";

    private static final int MOST_ENTRIES = 1 << 16;

    private final Path jar;

    public JarStore(Path jar) {
        this.jar = jar.toAbsolutePath().normalize();
    }

    @Override
    public byte[] read(String path, int maxBytes) throws IOException, MalformedModelException {
        try (ZipFile zip = open()) {
            ZipEntry entry = zip.getEntry(PREFIX + path);
            if (entry == null) {
                throw new FileNotFoundException(
                        "%s: absent (expected: a file) in %s".formatted(path, this));
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return Store.bounded(in.readNBytes(maxBytes + 1), maxBytes, path, this);
            }
        }
    }

    @Override
    public Optional<Set<String>> list(String folder) throws IOException {
        String top = PREFIX + folder;
        try (ZipFile zip = open()) {
            return Optional.of(
                    zip.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.startsWith(top) && name.length() > top.length())
                            .map(name -> name.substring(top.length()))
                            .collect(Collectors.toSet()));
        }
    }

    private ZipFile open() throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new FileNotFoundException("%s: absent (expected: a jar)".formatted(jar));
        }
        ZipFile zip = new ZipFile(jar.toFile());
        int entries = zip.size();
        if (entries > MOST_ENTRIES) {
            zip.close();
            throw new ZipException(
                    "%s: %d entries (expected: at most %d)".formatted(jar, entries, MOST_ENTRIES));
        }
        return zip;
    }

    @Override
    public String toString() {
        return jar + "!/" + PREFIX;
    }
}
