package dev.medzoo.training.prepare;

import dev.medzoo.training.prepare.Listing.Entry;
import dev.medzoo.zoo.data.PictureManifest;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lists pictures in folders named by class: {@code PICTURES/CLASS/…}. If all folders of the first
 * level are called train, val or test, they define the split, and the class folders are inside
 * them.
 */
final class FolderListing {
    private final Path folder;
    private final boolean isSplit;
    private final List<Entry> files = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    private FolderListing(Path folder) throws IOException {
        this.folder = folder;
        isSplit = isSplit(folder);
    }

    static Listing of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        FolderListing listing = new FolderListing(folder);
        for (Path path : files(folder)) {
            listing.add(path);
        }
        List<String> notes = new ArrayList<>();
        notes.add(
                listing.isSplit
                        ? "classes: the folders in train, val and test"
                        : "classes: the folders in " + folder.getFileName());
        notes.addAll(listing.empty());
        return new Listing(listing.files, listing.leftOut, notes);
    }

    /** A warning about each folder of a class that has no file. */
    private List<String> empty() throws IOException {
        int depth = depth();
        Set<String> filled = new HashSet<>();
        for (Entry each : files) {
            filled.add(Listing.slashed(folder.relativize(each.path()).subpath(0, depth)));
        }
        try (Stream<Path> all = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isDirectory)
                    .map(folder::relativize)
                    .filter(below -> below.getNameCount() == depth && !isHidden(below))
                    .map(Listing::slashed)
                    .filter(name -> !name.isEmpty() && !filled.contains(name))
                    .sorted()
                    .map(
                            name ->
                                    "warning: %s: no file in the folder, so there is no such class%s (expected: pictures, or no folder)"
                                            .formatted(name, isSplit ? " in that split" : ""))
                    .toList();
        }
    }

    /** Folders above a picture: its class, and before it perhaps its split. */
    private int depth() {
        return isSplit ? 2 : 1;
    }

    /** Every file below a folder that is not hidden, sorted by name. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(path -> !isHidden(folder.relativize(path)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isHidden(Path below) {
        return StreamSupport.stream(below.spliterator(), false)
                .map(Path::toString)
                .anyMatch(name -> name.startsWith(".") || name.equals("__MACOSX"));
    }

    private static boolean isSplit(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<String> folders =
                    all.filter(Files::isDirectory)
                            .map(path -> String.valueOf(path.getFileName()))
                            .filter(name -> !name.startsWith(".") && !name.equals("__MACOSX"))
                            .toList();
            return !folders.isEmpty()
                    && folders.stream().allMatch(name -> Listing.split(name) != null);
        }
    }

    private void add(Path path) {
        Path below = folder.relativize(path);
        String file = Listing.slashed(below);
        int depth = depth();
        if (file.equals(PictureManifest.FILE)) {
            return;
        }
        if (below.getNameCount() <= depth) {
            String expected = isSplit ? "SPLIT/CLASS/" + below.getFileName() : "CLASS/" + file;
            leftOut.add(new LeftOut(file, "in no folder of a class (expected: " + expected + ")"));
            return;
        }
        @Nullable String split = isSplit ? Listing.split(below.getName(0).toString()) : null;
        files.add(new Entry(path, file, below.getName(depth - 1).toString(), split, null));
    }
}
