package dev.medzoo.training.data;

import dev.medzoo.zoo.data.ListedPicture;
import dev.medzoo.zoo.data.PictureManifest.Row;
import dev.medzoo.zoo.data.SplitAudit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds faults in the manifests of a run's data sets, before any picture is read. */
final class SetsCheck {
    private static final List<String> SPLITS = List.of("train", "val", "test");

    private final List<UsedRows> sets;
    private final List<String> labels;

    /**
     * @param sets of a run
     * @param labels in the order of the logits
     */
    SetsCheck(List<UsedRows> sets, List<String> labels) {
        this.sets = List.copyOf(sets);
        this.labels = List.copyOf(labels);
    }

    /** Returns one sentence per fault. */
    List<String> faults() {
        List<String> faults = new ArrayList<>(faultyLabels());
        for (UsedRows set : sets) {
            faults.addAll(faultyClasses(set));
            faults.addAll(faultySplits(set));
            faults.addAll(faultyLeaveOut(set));
            faults.addAll(unknownLabels(set));
            if (set.rows().isEmpty()) {
                faults.add(set.use().name() + ": no picture is left (expected: some)");
            }
        }
        faults.addAll(SplitAudit.sharedGroups(pictures()));
        faults.addAll(sameBytes());
        faults.addAll(missingLabels());
        return faults;
    }

    private List<ListedPicture> pictures() {
        return sets.stream().flatMap(set -> set.pictures().stream()).toList();
    }

    private List<String> faultyLabels() {
        return new LinkedHashSet<>(labels).size() == labels.size() && labels.size() > 1
                ? List.of()
                : List.of("labels: %s (expected: at least two, each once)".formatted(labels));
    }

    private List<String> faultyClasses(UsedRows set) {
        List<String> faults = new ArrayList<>();
        Set<String> own = values(set, Row::label);
        String of = "classes of " + set.use().name();
        new TreeMap<>(set.use().classes())
                .forEach(
                        (theirs, ours) -> {
                            addUnknown(faults, of, List.of(theirs), own);
                            if (!labels.contains(ours)) {
                                faults.add(
                                        "%s: %s as %s (expected: as one of %s)"
                                                .formatted(of, theirs, ours, labels));
                            }
                        });
        return faults;
    }

    private static List<String> faultySplits(UsedRows set) {
        List<String> faults = new ArrayList<>();
        String of = "splits of " + set.use().name();
        addUnknown(faults, of, set.use().splits(), values(set, Row::split));
        linesOf(set, Row::split)
                .forEach(
                        (split, lines) -> {
                            if (!SPLITS.contains(split)) {
                                faults.add(
                                        "%s: split: %s (expected: train, val or test, or not among"
                                                        .formatted(
                                                                set.manifest().where(lines), split)
                                                + " the recipe's `splits`)");
                            }
                        });
        return faults;
    }

    /**
     * Reports entries of {@code leaveOut} that match nothing: with a typing error the picture would
     * stay in.
     */
    private static List<String> faultyLeaveOut(UsedRows set) {
        List<String> faults = new ArrayList<>();
        LeaveOut leaveOut = set.use().leaveOut();
        String of = "leaveOut of " + set.use().name();
        addUnknown(faults, of, leaveOut.labels(), values(set, Row::label));
        addUnknown(faults, of, leaveOut.notes(), values(set, LeaveOut::source));
        List<String> files = set.manifest().rows().stream().map(Row::file).toList();
        for (String file : leaveOut.files()) {
            if (!files.contains(file)) {
                faults.add("%s: %s (expected: a file of the manifest)".formatted(of, file));
            }
        }
        return faults;
    }

    private static void addUnknown(
            List<String> faults, String of, List<String> named, Set<String> known) {
        for (String name : named) {
            if (!known.contains(name)) {
                faults.add("%s: %s (expected: some of %s)".formatted(of, name, known));
            }
        }
    }

    private List<String> unknownLabels(UsedRows set) {
        List<String> faults = new ArrayList<>();
        linesOf(set, Row::label)
                .forEach(
                        (label, lines) -> {
                            boolean mapped = set.use().classes().containsKey(label);
                            if (!mapped && !labels.contains(label)) {
                                faults.add(
                                        "%s: label: %s (expected: one of %s, mapped to one, or left"
                                                        .formatted(
                                                                set.manifest().where(lines),
                                                                label.isEmpty() ? "none" : label,
                                                                labels)
                                                + " out)");
                            }
                        });
        return faults;
    }

    /** All values of a column of a manifest, unused rows included. */
    private static Set<String> values(UsedRows set, Function<Row, String> column) {
        return new TreeSet<>(set.manifest().rows().stream().map(column).toList());
    }

    /** Lines of the used rows by their value in a column. */
    private static Map<String, List<Integer>> linesOf(UsedRows set, Function<Row, String> column) {
        Map<String, List<Integer>> lines = new TreeMap<>();
        for (Row row : set.rows()) {
            lines.computeIfAbsent(column.apply(row), value -> new ArrayList<>()).add(row.line());
        }
        return lines;
    }

    /** Byte-identical pictures in two sets or with two labels. */
    private List<String> sameBytes() {
        Map<String, ListedPicture> first = new HashMap<>();
        Map<String, String> labelOf = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (UsedRows set : sets) {
            for (ListedPicture picture : set.pictures()) {
                String sha256 = picture.row().sha256();
                String label = set.use().label(picture.row());
                ListedPicture other = first.putIfAbsent(sha256, picture);
                String otherLabel = labelOf.putIfAbsent(sha256, label);
                if (other == null) {
                    continue;
                }
                if (!other.manifest().folder().equals(picture.manifest().folder())) {
                    faults.add(same(picture, other, "in one set, or left out"));
                } else if (!label.equals(otherLabel)) {
                    faults.add(same(picture, other, "one label"));
                }
            }
        }
        return faults;
    }

    private static String same(ListedPicture one, ListedPicture other, String expected) {
        return "%s: %s is %s too, %s (expected: %s)"
                .formatted(
                        one.where(), one.row().file(), other.row().file(), other.where(), expected);
    }

    private List<String> missingLabels() {
        List<String> faults = new ArrayList<>();
        for (String split : SPLITS) {
            Collection<String> there = new TreeSet<>();
            for (UsedRows set : sets) {
                set.rows().stream()
                        .filter(row -> row.split().equals(split))
                        .forEach(row -> there.add(set.use().label(row)));
            }
            List<String> missing = labels.stream().filter(of -> !there.contains(of)).toList();
            if (!missing.isEmpty()) {
                faults.add(
                        "%s: no picture of %s (expected: some of each of %s)"
                                .formatted(split, String.join(", ", missing), labels));
            }
        }
        return faults;
    }
}
