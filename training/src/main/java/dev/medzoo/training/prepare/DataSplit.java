package dev.medzoo.training.prepare;

import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.prepare.GroupSplit.Member;
import dev.medzoo.zoo.data.CsvTable;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits the pictures of a data set anew, by group, and writes the manifest. It keeps the old
 * manifest beside it, and all other columns.
 */
public final class DataSplit {
    private static final int DIGITS = 8;

    private final Path folder;

    /**
     * @param folder of the data set
     */
    public DataSplit(Path folder) {
        this.folder = folder;
    }

    /**
     * The new split.
     *
     * @param table classes by splits
     * @param before new path of the old manifest
     */
    public record NewSplit(SplitTable table, Path before) {}

    /**
     * Splits by shares.
     *
     * @throws FaultyDataException when a class cannot be in every split, saying what is missing
     */
    public NewSplit byShares(Shares shares, long seed) throws IOException {
        PictureManifest manifest = manifest();
        List<Member> members =
                manifest.rows().stream().map(row -> new Member(row.group(), row.label())).toList();
        return write(manifest, GroupSplit.assign(members, Shares.SIDES, shares, seed));
    }

    /**
     * Divides into folds, and makes one {@code test}, the next {@code val}, and all others {@code
     * train}.
     *
     * @param count of folds, at least 3 and at most as many as there are groups
     * @param fold to use as {@code test}, from 1
     */
    public NewSplit byFold(int count, int fold, long seed) throws IOException {
        if (fold < 1 || fold > count) {
            throw new IllegalArgumentException("fold: %d (expected: 1..%d)".formatted(fold, count));
        }
        PictureManifest manifest = manifest();
        PictureSet folded = PictureSet.open(folder).folds(count, seed).get(fold - 1);
        Map<Path, String> sideOf = new HashMap<>();
        for (String side : folded.sizes().keySet()) {
            for (LabelledPicture picture : folded.split(side)) {
                sideOf.put(picture.file(), side);
            }
        }
        return write(
                manifest,
                manifest.rows().stream()
                        .map(row -> String.valueOf(sideOf.get(manifest.file(row))))
                        .toList());
    }

    private PictureManifest manifest() throws IOException {
        PictureManifest manifest = PictureManifest.read(folder);
        List<Integer> unlabelled =
                manifest.rows().stream()
                        .filter(row -> row.label().isEmpty())
                        .map(Row::line)
                        .toList();
        if (!unlabelled.isEmpty()) {
            throw new FaultyDataException(
                    List.of(
                            "%s: no label (expected: a label on every line that is split)"
                                    .formatted(manifest.where(unlabelled))));
        }
        return manifest;
    }

    private NewSplit write(PictureManifest manifest, List<String> sides) throws IOException {
        Path file = folder.resolve(PictureManifest.FILE);
        CsvTable table = CsvTable.read(file.toString(), Files.readAllBytes(file));
        int column = table.header().indexOf("split");
        List<List<String>> rows = new ArrayList<>(List.of(table.header()));
        for (int i = 0; i < table.lines().size(); i++) {
            List<String> cells = new ArrayList<>(table.lines().get(i).cells());
            cells.set(column, sides.get(i));
            rows.add(cells);
        }
        Path before =
                folder.resolve("manifest-%s.csv".formatted(manifest.sha256().substring(0, DIGITS)));
        Files.copy(file, before, StandardCopyOption.REPLACE_EXISTING);
        Path fresh = folder.resolve(PictureManifest.FILE + ".new");
        Files.write(fresh, CsvTable.bytes(rows));
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new NewSplit(SplitTable.of(PictureManifest.read(folder).rows()), before);
    }
}
