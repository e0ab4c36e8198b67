package dev.medzoo.training.data;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The labelled pictures of one run: one or more data sets, brought to the same classes. Each keeps
 * its splits, its groups and its digest.
 */
public final class PictureSets {
    private final List<String> labels;
    private final List<Used> used;

    private PictureSets(List<String> labels, List<Used> used) {
        this.labels = List.copyOf(labels);
        this.used = List.copyOf(used);
    }

    /**
     * A data set and what is taken from it.
     *
     * @param set with its classes called as here
     * @param use how it is used
     * @param share of the pictures of a round, relative to the others'
     * @param leftOut files that are not used, though others of their split are
     */
    private record Used(PictureSet set, DataSetUse use, double share, List<String> leftOut) {}

    /**
     * The rows of a manifest that are used.
     *
     * @param manifest of a data set
     * @param use how it is used
     * @param rows those that are taken
     */
    private record Taken(PictureManifest manifest, DataSetUse use, List<Row> rows) {
        static Taken from(Path folder, DataSetUse use) throws IOException {
            PictureManifest manifest = PictureManifest.read(folder);
            List<Row> rows = manifest.rows().stream().filter(use::takes).toList();
            return new Taken(manifest, use, rows);
        }

        List<String> labels() {
            return rows.stream().map(use::label).distinct().sorted().toList();
        }

        Used as(List<String> labels) {
            PictureSet set = PictureSet.of(manifest, rows, use::label, use.form(), labels);
            long train = rows.stream().filter(row -> row.split().equals("train")).count();
            double share = use.share() == null || train == 0 ? train : use.share();
            List<String> leftOut =
                    manifest.rows().stream()
                            .filter(row -> set.has(row.split()) && !use.takes(row))
                            .map(Row::file)
                            .toList();
            return new Used(set, use, share, leftOut);
        }
    }

    /** One data set as it is. */
    public static PictureSets of(PictureSet set) {
        DataSetUse all = DataSetUse.all(set.name());
        return new PictureSets(set.labels(), List.of(new Used(set, all, 1, List.of())));
    }

    /**
     * Opens a recipe's data sets.
     *
     * @param folders of the data sets, one each
     * @param uses of the data sets, in the same order
     * @param labels in the order of the logits; null for those of the first set, in alphabetical
     *     order
     * @throws IllegalArgumentException naming every fault: a class that is mapped but not there, or
     *     not to one of the labels; a group on two sides of a split; a picture in two sets; a label
     *     without pictures in {@code train} or {@code val}
     */
    public static PictureSets open(
            List<Path> folders, List<DataSetUse> uses, @Nullable List<String> labels)
            throws IOException {
        List<Taken> taken = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            taken.add(Taken.from(folders.get(i), uses.get(i)));
        }
        List<String> classes = labels != null ? labels : taken.get(0).labels();
        List<String> faults = new ArrayList<>();
        taken.forEach(each -> faults.addAll(faultyClasses(each, classes)));
        faults.addAll(
                PictureManifest.sharedGroups(
                        taken.stream().flatMap(each -> each.rows().stream()).toList()));
        faults.addAll(repeated(taken));
        refuse(faults);
        PictureSets all =
                new PictureSets(classes, taken.stream().map(each -> each.as(classes)).toList());
        refuse(all.missingLabels());
        return all;
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    private static List<String> faultyClasses(Taken taken, List<String> labels) {
        DataSetUse use = taken.use();
        List<String> faults = new ArrayList<>();
        TreeSet<String> own =
                new TreeSet<>(taken.manifest().rows().stream().map(Row::label).toList());
        for (Map.Entry<String, String> each : new TreeMap<>(use.classes()).entrySet()) {
            if (!own.contains(each.getKey())) {
                faults.add(
                        "classes of %s: %s (expected: some of %s)"
                                .formatted(use.name(), each.getKey(), own));
            }
            if (!labels.contains(each.getValue())) {
                faults.add(
                        "classes of %s: %s as %s (expected: as one of %s)"
                                .formatted(use.name(), each.getKey(), each.getValue(), labels));
            }
        }
        for (String split : List.of("train", "val", "test")) {
            TreeSet<String> unknown =
                    taken.rows().stream()
                            .filter(row -> row.split().equals(split))
                            .map(Row::label)
                            .filter(label -> !use.classes().containsKey(label))
                            .filter(label -> !labels.contains(label))
                            .collect(Collectors.toCollection(TreeSet::new));
            if (!unknown.isEmpty()) {
                faults.add(
                        "%s of %s: %s (expected: one of %s, mapped to one, or left out)"
                                .formatted(split, use.name(), unknown, labels));
            }
        }
        if (taken.rows().isEmpty()) {
            faults.add(use.name() + ": no picture is left (expected: some)");
        }
        return faults;
    }

    /** Pictures that stand in two sets, byte for byte: one of the two is to be left out. */
    private static List<String> repeated(List<Taken> taken) {
        Map<String, String> setOf = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (Taken each : taken) {
            String name = each.use().name();
            for (Row row : each.rows()) {
                String other = setOf.putIfAbsent(row.sha256(), name);
                if (other != null && !other.equals(name)) {
                    faults.add(
                            "%s of %s: in %s too (expected: in one, or left out)"
                                    .formatted(row.file(), name, other));
                }
            }
        }
        return faults;
    }

    private List<String> missingLabels() {
        List<String> faults = new ArrayList<>();
        for (String split : List.of("train", "val")) {
            for (int label = 0; label < labels.size(); label++) {
                int wanted = label;
                boolean there =
                        parts().stream()
                                .filter(part -> part.has(split))
                                .flatMap(part -> part.split(split).stream())
                                .anyMatch(picture -> picture.label() == wanted);
                if (!there) {
                    faults.add(
                            "%s: no picture of %s (expected: some of each of %s)"
                                    .formatted(split, labels.get(label), labels));
                }
            }
        }
        return faults;
    }

    /** The data sets, in the order of the recipe. */
    public List<PictureSet> parts() {
        return used.stream().map(Used::set).toList();
    }

    /** How many of the pictures of a round each data set gives, relative to the others. */
    public List<Double> shares() {
        return used.stream().map(Used::share).toList();
    }

    /**
     * Files of a data set that are not used, though others of their split are, as its manifest
     * names them.
     *
     * @param part number of the data set, from 0
     */
    public List<String> leftOut(int part) {
        return used.get(part).leftOut();
    }

    /**
     * The pictures of a split that belong to a named part of a data set.
     *
     * @param split that the data set has
     * @return for each name of {@link DataSetUse#subgroups}, data set by data set, indices into
     *     {@link #split}; parts without pictures are left out
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
