package dev.medzoo.batch.score;

import dev.medzoo.zoo.format.StrayFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Lists the files that {@code --in} names, each once. A folder means all files below it but hidden
 * ones: a file that is no picture gets a row that says so, and none is silently left out.
 */
final class InputFiles {
    private final FileSystems files;
    private final SortedMap<String, Long> found = new TreeMap<>();

    private InputFiles(FileSystems files) {
        this.files = files;
    }

    /**
     * Lists all files, with their lengths, by location.
     *
     * @param names files, folders and globs
     * @throws NoSuchFileException if one of them names nothing
     */
    static SortedMap<String, Long> list(List<String> names, FileSystems files) throws IOException {
        InputFiles listing = new InputFiles(files);
        for (String name : names) {
            int before = listing.found.size();
            String location = files.locate(name);
            boolean any =
                    FileSystems.isLocal(location)
                            ? listing.local(Path.of(location))
                            : listing.remote(location);
            if (!any && listing.found.size() == before) {
                throw new FileSystemException(
                        name, null, "no file (expected: at least one picture)");
            }
        }
        return listing.found;
    }

    /** Returns whether there was any file, perhaps one that is known already. */
    private boolean local(Path path) throws IOException {
        if (Files.exists(path)) {
            return below(path);
        }
        Path parent = fixed(path);
        if (parent.equals(path) || !Files.isDirectory(parent)) {
            throw new NoSuchFileException(path.toString());
        }
        PathMatcher matcher = path.getFileSystem().getPathMatcher("glob:" + path);
        boolean any = false;
        int depth =
                path.toString().contains("**")
                        ? Integer.MAX_VALUE
                        : path.getNameCount() - parent.getNameCount();
        try (Stream<Path> all = Files.walk(parent, depth, FileVisitOption.FOLLOW_LINKS)) {
            for (Path each : (Iterable<Path>) all.filter(matcher::matches)::iterator) {
                any |= below(each);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return any;
    }

    /** The longest path above a glob that has none of its characters. */
    private static Path fixed(Path path) {
        Path parent = path;
        while (parent.getParent() != null && parent.toString().matches("(?s).*[*?\\[{].*")) {
            parent = parent.getParent();
        }
        return parent;
    }

    private boolean below(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            found.put(path.toString(), size(path));
            return true;
        }
        boolean any = false;
        try (Stream<Path> all = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                if (!isHidden(path.relativize(each).toString()) && !Files.isDirectory(each)) {
                    found.put(each.toString(), size(each));
                    any = true;
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof FileSystemLoopException loop ? loop : e.getCause();
        }
        return any;
    }

    /** A link to nowhere is listed too: its row says that it cannot be read. */
    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    private boolean remote(String location) throws IOException {
        try {
            return listed(location);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw FileSystems.refused("--in", location, e, "files that can be listed");
        }
    }

    private boolean listed(String location) throws IOException {
        FileSystem system = files.of(location);
        FileStatus[] matched = system.globStatus(FileSystems.path(location));
        if (matched == null || matched.length == 0) {
            throw new NoSuchFileException(location);
        }
        boolean any = false;
        for (FileStatus each : matched) {
            if (each.isFile()) {
                found.put(each.getPath().toString(), each.getLen());
                any = true;
            } else {
                String root = each.getPath().toString();
                RemoteIterator<LocatedFileStatus> all = system.listFiles(each.getPath(), true);
                while (all.hasNext()) {
                    LocatedFileStatus file = all.next();
                    String path = file.getPath().toString();
                    if (!isHidden(path.substring(Math.min(path.length(), root.length() + 1)))) {
                        found.put(path, file.getLen());
                        any = true;
                    }
                }
            }
        }
        return any;
    }

    /** Below a folder: what begins with a dot or, as Spark's own files do, with {@code _}. */
    private static boolean isHidden(String relative) {
        String path = relative.replace('\\', '/');
        return Stream.of(path.split("/", -1))
                        .anyMatch(name -> name.startsWith(".") || name.startsWith("_"))
                || StrayFile.isOne(path);
    }
}
