package dev.medzoo.training.prepare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Groups of dependent pictures: of one group given by their owner, of one patient, or
 * near-duplicates. Groups are the connected components of these relations.
 *
 * @param names group name of each picture
 * @param notes how the groups were found, a sentence each
 */
record Groups(List<String> names, List<String> notes) {
    Groups {
        names = List.copyOf(names);
        notes = List.copyOf(notes);
    }

    /**
     * Finds the groups.
     *
     * @param given group that the owner gave for each picture, or null
     */
    static Groups of(List<ReadPicture> pictures, List<@Nullable String> given) {
        Sets sets = new Sets(pictures.size());
        sets.join(given);
        sets.join(pictures.stream().map(ReadPicture::patient).toList());
        int named = sets.count();
        List<String> notes = new ArrayList<>();
        List<int[]> pairs = nearDuplicates(pictures);
        pairs.forEach(pair -> sets.join(pair[0], pair[1]));
        List<String> names = names(pictures, given, sets);
        notes.add(notes(pictures, given, sets.count()));
        if (!pairs.isEmpty()) {
            notes.add(
                    "near-duplicates: %d pairs, which merged %d groups into %d"
                            .formatted(pairs.size(), named, sets.count()));
        }
        notes.addAll(otherwiseLabelled(pictures, pairs));
        return new Groups(names, notes);
    }

    private static String notes(
            List<ReadPicture> pictures, List<@Nullable String> given, int count) {
        long owned = given.stream().filter(group -> group != null).count();
        long patients = pictures.stream().filter(each -> each.patient() != null).count();
        List<String> by = new ArrayList<>();
        if (owned > 0) {
            by.add("the groups given for %d pictures".formatted(owned));
        }
        if (patients > 0) {
            by.add("the hashed patient IDs of %d DICOM files".formatted(patients));
        }
        by.add("near-duplicates");
        return "groups: %d, by %s".formatted(count, String.join(", and by ", by));
    }

    private static List<int[]> nearDuplicates(List<ReadPicture> pictures) {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (pictures.get(i).isNear(pictures.get(j))) {
                    pairs.add(new int[] {j, i});
                }
            }
        }
        return pairs;
    }

    private static List<String> otherwiseLabelled(List<ReadPicture> pictures, List<int[]> pairs) {
        return pairs.stream()
                .map(pair -> List.of(pictures.get(pair[0]).entry(), pictures.get(pair[1]).entry()))
                .filter(pair -> !pair.get(0).label().equals(pair.get(1).label()))
                .map(
                        pair ->
                                "check: %s and %s are nearly identical, but of different classes"
                                        .formatted(pair.get(0).file(), pair.get(1).file()))
                .toList();
    }

    /** The owner's name of a group, else the patient's pseudonym, else a number. */
    private static List<String> names(
            List<ReadPicture> pictures, List<@Nullable String> given, Sets sets) {
        Map<Integer, String> nameOf = new LinkedHashMap<>();
        for (int i = 0; i < pictures.size(); i++) {
            String owned = given.get(i);
            if (owned != null) {
                nameOf.putIfAbsent(sets.root(i), owned);
            }
        }
        for (int i = 0; i < pictures.size(); i++) {
            String patient = pictures.get(i).patient();
            if (patient != null) {
                nameOf.putIfAbsent(sets.root(i), patient);
            }
        }
        TreeSet<String> taken = new TreeSet<>(nameOf.values());
        int number = 0;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            int root = sets.root(i);
            while (!nameOf.containsKey(root)) {
                String name = "cluster-%04d".formatted(++number);
                if (taken.add(name)) {
                    nameOf.put(root, name);
                }
            }
            names.add(String.valueOf(nameOf.get(root)));
        }
        return names;
    }

    /** Disjoint-set forest over indices (Galler and Fischer 1964). */
    private static final class Sets {
        private final int[] parents;

        Sets(int size) {
            parents = new int[size];
            for (int i = 0; i < size; i++) {
                parents[i] = i;
            }
        }

        int root(int of) {
            int root = of;
            while (parents[root] != root) {
                parents[root] = parents[parents[root]];
                root = parents[root];
            }
            return root;
        }

        void join(int one, int other) {
            int first = Math.min(root(one), root(other));
            parents[Math.max(root(one), root(other))] = first;
        }

        /** Joins all pictures with the same name. */
        void join(List<@Nullable String> names) {
            Map<String, Integer> first = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                Integer known = name == null ? null : first.putIfAbsent(name, i);
                if (known != null) {
                    join(known, i);
                }
            }
        }

        int count() {
            int count = 0;
            for (int i = 0; i < parents.length; i++) {
                count += parents[i] == i ? 1 : 0;
            }
            return count;
        }
    }
}
