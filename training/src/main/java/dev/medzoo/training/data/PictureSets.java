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
    private final List<PictureSet> parts;
    private final List<Double> shares;
    private final List<List<String>> leftOut;
    private final List<DataSetUse> uses;

    private PictureSets(
            List<String> labels,
            List<PictureSet> parts,
            List<Double> shares,
            List<List<String>> leftOut,
            List<DataSetUse> uses) {
        this.labels = List.copyOf(labels);
        this.parts = List.copyOf(parts);
        this.shares = List.copyOf(shares);
        this.leftOut = List.copyOf(leftOut);
        this.uses = List.copyOf(uses);
    }

    /** One data set as it is. */
    public static PictureSets of(PictureSet set) {
        return new PictureSets(
                set.labels(),
                List.of(set),
                List.of(1.0),
                List.of(List.of()),
                List.of(DataSetUse.all(set.name())));
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
        List<PictureManifest> manifests = new ArrayList<>();
        for (Path folder : folders) {
            manifests.add(PictureManifest.read(folder));
        }
        List<String> classes =
                labels != null ? labels : labels(rows(manifests.get(0), uses.get(0)), uses.get(0));
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            faults.addAll(faultyClasses(manifests.get(i), uses.get(i), classes));
        }
        faults.addAll(sharedGroups(manifests, uses));
        faults.addAll(repeated(manifests, uses));
        List<PictureSet> parts = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<List<String>> leftOut = new ArrayList<>();
        for (int i = 0; i < uses.size() && faults.isEmpty(); i++) {
            DataSetUse use = uses.get(i);
            List<Row> rows = rows(manifests.get(i), use);
            parts.add(PictureSet.of(manifests.get(i), rows, use::label, use.form(), classes));
            long train = rows.stream().filter(row -> row.split().equals("train")).count();
            shares.add(use.share() == null ? (double) train : train == 0 ? 0 : use.share());
            leftOut.add(leftOut(manifests.get(i), parts.get(i), use));
        }
        PictureSets all = new PictureSets(classes, parts, shares, leftOut, uses);
        if (faults.isEmpty()) {
            faults.addAll(all.missingLabels());
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return all;
    }

    private static List<Row> rows(PictureManifest manifest, DataSetUse use) {
        return manifest.rows().stream().filter(use::takes).toList();
    }

    /** Files of the splits that are used which are not. */
    private static List<String> leftOut(PictureManifest manifest, PictureSet set, DataSetUse use) {
        return manifest.rows().stream()
                .filter(row -> set.has(row.split()) && !use.takes(row))
                .map(Row::file)
                .toList();
    }

    private static List<String> labels(List<Row> rows, DataSetUse use) {
        return rows.stream().map(use::label).distinct().sorted().toList();
    }

    private static List<String> faultyClasses(
            PictureManifest manifest, DataSetUse use, List<String> labels) {
        List<String> faults = new ArrayList<>();
        TreeSet<String> own = new TreeSet<>(manifest.rows().stream().map(Row::label).toList());
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
                    rows(manifest, use).stream()
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
        if (rows(manifest, use).isEmpty()) {
            faults.add(use.name() + ": no picture is left (expected: some)");
        }
        return faults;
    }

    /** Groups that stand on two sides, within a set or between two. */
    private static List<String> sharedGroups(
            List<PictureManifest> manifests, List<DataSetUse> uses) {
        Map<String, TreeSet<String>> sides = new TreeMap<>();
        for (int i = 0; i < uses.size(); i++) {
            for (Row row : rows(manifests.get(i), uses.get(i))) {
                sides.computeIfAbsent(row.group(), group -> new TreeSet<>()).add(row.split());
            }
        }
        return sides.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(
                        each ->
                                "group: %s in %s (expected: in one split)"
                                        .formatted(
                                                each.getKey(),
                                                String.join(" and ", each.getValue())))
                .toList();
    }

    /** Pictures that stand in two sets, byte for byte: one of the two is to be left out. */
    private static List<String> repeated(List<PictureManifest> manifests, List<DataSetUse> uses) {
        Map<String, String> setOf = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            String name = uses.get(i).name();
            for (Row row : rows(manifests.get(i), uses.get(i))) {
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
                        parts.stream()
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
        return parts;
    }

    /** How many of the pictures of a round each data set gives, relative to the others. */
    public List<Double> shares() {
        return shares;
    }

    /**
     * Files of a data set that are not used, though others of their split are, as its manifest
     * names them.
     *
     * @param part number of the data set, from 0
     */
    public List<String> leftOut(int part) {
        return leftOut.get(part);
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
        for (int i = 0; i < parts.size(); i++) {
            PictureSet set = parts.get(i);
            List<LabelledPicture> pictures = set.has(split) ? set.split(split) : List.of();
            for (Map.Entry<String, Pattern> each : uses.get(i).subgroups().entrySet()) {
                int first = before;
                int[] of =
                        IntStream.range(0, pictures.size())
                                .filter(
                                        n ->
                                                each.getValue()
                                                        .matcher(set.name(pictures.get(n)))
                                                        .find())
                                .map(n -> first + n)
                                .toArray();
                if (of.length > 0) {
                    subgroups.put(each.getKey(), of);
                }
            }
            before += pictures.size();
        }
        return subgroups;
    }

    /** The classes, in the order of the logits. */
    public List<String> labels() {
        return labels;
    }

    /** The data sets that have a split. */
    public List<PictureSet> with(String split) {
        List<PictureSet> with = parts.stream().filter(part -> part.has(split)).toList();
        if (with.isEmpty()) {
            TreeSet<String> known = new TreeSet<>();
            parts.forEach(part -> known.addAll(part.sizes().keySet()));
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
