package dev.medzoo.training.data;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.data.ListedPicture;
import dev.medzoo.zoo.data.SplitAudit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The labelled pictures of one run: one or more data sets with common classes. Each keeps its
 * splits, groups and digest.
 */
public final class PictureSets {
    private final List<String> labels;
    private final List<Used> used;

    private PictureSets(List<String> labels, List<Used> used) {
        this.labels = List.copyOf(labels);
        this.used = List.copyOf(used);
    }

    /**
     * A data set and its use.
     *
     * @param set with the class names of this run
     * @param use its use
     * @param share of the pictures of a round, relative to the others'
     * @param leftOut files not used although others of their split are
     */
    private record Used(PictureSet set, DataSetUse use, double share, List<String> leftOut) {}

    /** Creates it from one unchanged data set. */
    public static PictureSets of(PictureSet set) {
        DataSetUse all = DataSetUse.all(set.name());
        return new PictureSets(set.labels(), List.of(new Used(set, all, 1, List.of())));
    }

    /**
     * Opens a recipe's data sets without reading pictures.
     *
     * @param folders of the data sets, one each
     * @param uses of the data sets, in the same order
     * @param labels in the order of the logits; null for those of the first set, in alphabetical
     *     order
     * @throws FaultyDataException listing every fault of the manifests: unreadable ones; a class,
     *     split or file in the recipe that does not exist; an unknown split or label; a group in
     *     two splits; a picture in two sets, or with two labels; a label without pictures in {@code
     *     train}, {@code val} or {@code test}
     */
    public static PictureSets open(
            List<Path> folders, List<DataSetUse> uses, @Nullable List<String> labels)
            throws IOException {
        List<UsedRows> rows = UsedRows.read(folders, uses);
        List<String> classes = labels(labels, rows);
        FaultyDataException.refuse(new SetsCheck(rows, classes).faults());
        return new PictureSets(classes, rows.stream().map(of -> used(of, classes)).toList());
    }

    /**
     * Finds all faults of a recipe's data sets: those that {@link #open} refuses, and those of the
     * pictures, all of which are read and decoded.
     *
     * @return one sentence per fault, with the lines of the manifests
     */
    public static List<String> faults(
            List<Path> folders, List<DataSetUse> uses, @Nullable List<String> labels)
            throws IOException {
        return faults(folders, uses, labels, (picture, decoded) -> {});
    }

    /**
     * The same, and passes every picture to a visitor.
     *
     * @param visitor receives each readable picture, from several threads at once
     */
    public static List<String> faults(
            List<Path> folders,
            List<DataSetUse> uses,
            @Nullable List<String> labels,
            BiConsumer<ListedPicture, RgbPicture> visitor)
            throws IOException {
        List<UsedRows> rows;
        try {
            rows = UsedRows.read(folders, uses);
        } catch (FaultyDataException e) {
            return e.faults();
        }
        Set<String> faults = new LinkedHashSet<>();
        faults.addAll(new SetsCheck(rows, labels(labels, rows)).faults());
        faults.addAll(
                SplitAudit.faults(
                        rows.stream().flatMap(of -> of.pictures().stream()).toList(), visitor));
        return List.copyOf(faults);
    }

    private static List<String> labels(@Nullable List<String> given, List<UsedRows> rows) {
        return given != null ? given : rows.get(0).labels();
    }

    private static Used used(UsedRows of, List<String> labels) {
        DataSetUse use = of.use();
        PictureSet set = PictureSet.of(of.manifest(), of.rows(), use::label, use.form(), labels);
        return new Used(set, use, of.share(), of.leftOut());
    }

    /** The data sets, in the order of the recipe. */
    public List<PictureSet> parts() {
        return used.stream().map(Used::set).toList();
    }

    /** Share of each data set in the pictures of a round, relative to the others. */
    public List<Double> shares() {
        return used.stream().map(Used::share).toList();
    }

    /**
     * Files of a data set not used although others of their split are, as named in its manifest.
     *
     * @param part number of the data set, from 0
     */
    public List<String> leftOut(int part) {
        return used.get(part).leftOut();
    }

    /**
     * Indices of the pictures of a split that belong to named subgroups of a data set.
     *
     * @param split that the data set has
     * @return for each name of {@link DataSetUse#subgroups}, data set by data set, indices into
     *     {@link #split}; empty subgroups are left out
     */
    public Map<String, int[]> subgroups(String split) {
        Map<String, int[]> subgroups = new LinkedHashMap<>();
        int before = 0;
        for (Used each : used) {
            PictureSet set = each.set();
            List<LabelledPicture> pictures = set.has(split) ? set.split(split) : List.of();
            List<String> files = pictures.stream().map(set::file).toList();
            int first = before;
            each.use()
                    .subgroups()
                    .forEach(
                            (name, pattern) -> {
                                int[] of = matching(files, pattern, first);
                                if (of.length > 0) {
                                    subgroups.put(name, of);
                                }
                            });
            before += pictures.size();
        }
        return subgroups;
    }

    private static int[] matching(List<String> files, Pattern pattern, int first) {
        return IntStream.range(0, files.size())
                .filter(i -> pattern.matcher(files.get(i)).find())
                .map(i -> first + i)
                .toArray();
    }

    /** The classes, in the order of the logits. */
    public List<String> labels() {
        return labels;
    }

    /** The data sets that have a split. */
    public List<PictureSet> with(String split) {
        List<PictureSet> with = parts().stream().filter(part -> part.has(split)).toList();
        if (with.isEmpty()) {
            TreeSet<String> known = new TreeSet<>();
            parts().forEach(part -> known.addAll(part.sizes().keySet()));
            throw new IllegalArgumentException(
                    "split: " + split + " (expected one of: " + known + ")");
        }
        return with;
    }

    /**
     * The pictures of one split, data set by data set.
     *
     * @throws IllegalArgumentException for a split that no data set has
     */
    public List<LabelledPicture> split(String name) {
        return with(name).stream().flatMap(part -> part.split(name).stream()).toList();
    }
}
