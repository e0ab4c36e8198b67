package dev.medzoo.training.prepare;

import ai.djl.util.Utils;
import dev.medzoo.zoo.data.CsvTable;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.format.NamedWrite;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes a data set: the pictures, the manifest, and the list of files left out. A new folder
 * appears atomically.
 */
final class DataSetFolder {
    private final InitOptions options;
    private final List<ReadPicture> pictures;
    private final List<String> groups;
    private final List<String> sides;

    /**
     * @param groups one per picture
     * @param sides split of each picture
     */
    DataSetFolder(
            InitOptions options,
            List<ReadPicture> pictures,
            List<String> groups,
            List<String> sides) {
        this.options = options;
        this.pictures = pictures;
        this.groups = groups;
        this.sides = sides;
    }

    void write(List<LeftOut> leftOut) throws IOException {
        Path out = options.out();
        if (options.isInPlace()) {
            writeLists(out, leftOut);
            return;
        }
        Path parent = Objects.requireNonNull(out.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, out.getFileName() + ".");
        try {
            for (ReadPicture picture : pictures) {
                bring(picture, fresh.resolve(picture.entry().file()));
            }
            writeLists(fresh, leftOut);
            appear(fresh, out);
        } finally {
            Utils.deleteQuietly(fresh);
        }
    }

    /** Gives a whole folder its name, unless another run was faster. */
    private static void appear(Path fresh, Path out) throws IOException {
        try {
            Files.move(fresh, out, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.exists(out)) {
                FileAlreadyExistsException taken = new FileAlreadyExistsException(out.toString());
                taken.initCause(e);
                throw taken;
            }
            throw e;
        }
    }

    private void bring(ReadPicture picture, Path to) throws IOException {
        Path from = picture.entry().path();
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        if (options.links()) {
            Files.createLink(to, from.toRealPath());
            return;
        }
        byte[] bytes = Files.readAllBytes(from);
        if (!Sha256.hex(bytes).equals(picture.sha256())) {
            throw new IOException(from + ": changed while it was read (expected: to stay)");
        }
        NamedWrite.to(to, () -> Files.write(to, bytes));
    }

    /** Writes the lists, the manifest last and as a whole: it makes the folder a data set. */
    private void writeLists(Path folder, List<LeftOut> leftOut) throws IOException {
        if (!leftOut.isEmpty()) {
            List<List<String>> rows = new ArrayList<>(List.of(List.of("file", "reason")));
            leftOut.forEach(each -> rows.add(List.of(each.file(), each.reason())));
            Path list = folder.resolve(DataInit.LEFT_OUT);
            NamedWrite.to(list, () -> Files.write(list, CsvTable.bytes(rows)));
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("file", "label", "split", "group", "sha256"));
        for (int i = 0; i < pictures.size(); i++) {
            ReadPicture picture = pictures.get(i);
            rows.add(
                    List.of(
                            picture.entry().file(),
                            picture.entry().label(),
                            sides.get(i),
                            groups.get(i),
                            picture.sha256()));
        }
        Path fresh = folder.resolve(PictureManifest.FILE + ".new");
        try {
            NamedWrite.to(fresh, () -> Files.write(fresh, CsvTable.bytes(rows)));
            Files.move(fresh, folder.resolve(PictureManifest.FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
