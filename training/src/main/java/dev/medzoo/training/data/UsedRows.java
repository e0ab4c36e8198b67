package dev.medzoo.training.data;

import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.data.ListedPicture;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a manifest that a run uses.
 *
 * @param manifest of a data set
 * @param use how it is used
 * @param rows those that are taken
 */
record UsedRows(PictureManifest manifest, DataSetUse use, List<Row> rows) {
    UsedRows {
        rows = List.copyOf(rows);
    }

    /**
     * Reads the manifests of data sets.
     *
     * @param folders one a use
     * @throws FaultyDataException listing the faults of all of them
     */
    static List<UsedRows> read(List<Path> folders, List<DataSetUse> uses) throws IOException {
        List<UsedRows> all = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            DataSetUse use = uses.get(i);
            try {
                PictureManifest manifest = PictureManifest.read(folders.get(i));
                List<Row> rows = manifest.rows().stream().filter(use::takes).toList();
                all.add(new UsedRows(manifest, use, rows));
            } catch (FaultyDataException e) {
                faults.addAll(e.faults());
            } catch (NoSuchFileException e) {
                faults.add(
                        "%s: absent (expected: the list of the pictures of %s)"
                                .formatted(e.getFile(), use.name()));
            }
        }
        FaultyDataException.refuse(faults);
        return all;
    }

    /** Class names in the run. */
    List<String> labels() {
        return rows.stream().map(use::label).distinct().sorted().toList();
    }

    List<ListedPicture> pictures() {
        return rows.stream().map(row -> new ListedPicture(manifest, row)).toList();
    }

    /** Files not used although others of their split are. */
    List<String> leftOut() {
        List<String> splits = rows.stream().map(Row::split).distinct().toList();
        return manifest.rows().stream()
                .filter(row -> splits.contains(row.split()) && !use.takes(row))
                .map(Row::file)
                .toList();
    }

    /** Share of a round's pictures, relative to the other sets'. */
    double share() {
        Double wanted = use.share();
        long train = rows.stream().filter(row -> row.split().equals("train")).count();
        return wanted == null || train == 0 ? train : wanted;
    }
}
