package dev.medzoo.training.prepare;

import dev.medzoo.training.data.DataSetUse;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.report.ContactSheet;
import dev.medzoo.training.report.Thumbnail;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.data.ListedPicture;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks a whole data set: reports its content and all faults. Every picture is read and decoded.
 */
public final class DataCheck {
    /** Pictures per class and split on the contact sheet. */
    private static final int SHOWN = 8;

    private final PictureManifest manifest;
    private final Map<String, Thumbnail> thumbnails = new ConcurrentHashMap<>();
    private final PictureSizes sizes = new PictureSizes();

    private DataCheck(PictureManifest manifest) {
        this.manifest = manifest;
    }

    /**
     * The result of a check.
     *
     * @param table classes by splits
     * @param sizes of pictures and files, in words
     * @param faults a sentence each; empty if training may begin
     */
    public record Seen(SplitTable table, List<String> sizes, List<String> faults) {
        public Seen {
            sizes = List.copyOf(sizes);
            faults = List.copyOf(faults);
        }
    }

    /**
     * Checks the data set and writes the contact sheet.
     *
     * @param folder of the data set
     * @param sheet page to write
     * @throws FaultyDataException when the manifest itself cannot be read
     */
    public static Seen run(Path folder, Path sheet) throws IOException {
        PictureManifest manifest = PictureManifest.read(folder);
        return new DataCheck(manifest).run(sheet);
    }

    private Seen run(Path sheet) throws IOException {
        Map<String, List<Row>> shown = shown();
        Map<String, Boolean> wanted = new ConcurrentHashMap<>();
        shown.values().forEach(rows -> rows.forEach(row -> wanted.put(row.file(), true)));
        List<String> faults =
                PictureSets.faults(
                        List.of(manifest.folder()),
                        List.of(DataSetUse.all(manifest.name())),
                        null,
                        (picture, decoded) ->
                                look(picture, decoded, wanted.containsKey(picture.row().file())));
        Seen seen = new Seen(SplitTable.of(manifest.rows()), sizes.notes(), faults);
        Map<String, List<Thumbnail>> pictures = new LinkedHashMap<>();
        shown.forEach((title, rows) -> pictures.put(title, thumbnails(rows)));
        new ContactSheet(manifest.name(), seen.table.rows(), seen.sizes, faults, pictures)
                .write(sheet);
        return seen;
    }

    private void look(ListedPicture picture, RgbPicture decoded, boolean isShown) {
        sizes.add(decoded.width(), decoded.height(), picture.path().toFile().length());
        if (isShown) {
            String file = picture.row().file();
            thumbnails.put(file, Thumbnail.of(decoded, file));
        }
    }

    private List<Thumbnail> thumbnails(List<Row> rows) {
        List<Thumbnail> some = new ArrayList<>();
        for (Row row : rows) {
            Thumbnail thumbnail = thumbnails.get(row.file());
            if (thumbnail != null) {
                some.add(thumbnail);
            }
        }
        return some;
    }

    /** Selects pictures of each class and split, spread evenly over the manifest. */
    private Map<String, List<Row>> shown() {
        Map<String, List<Row>> all = new TreeMap<>();
        for (Row row : manifest.rows()) {
            String title = "%s, %s".formatted(row.label(), row.split());
            all.computeIfAbsent(title, any -> new ArrayList<>()).add(row);
        }
        all.replaceAll((title, rows) -> some(rows));
        return all;
    }

    private static List<Row> some(List<Row> rows) {
        int count = Math.min(SHOWN, rows.size());
        List<Row> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(rows.get((int) ((long) i * rows.size() / count)));
        }
        return some;
    }
}
