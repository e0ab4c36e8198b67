package dev.medzoo.training.data;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Splits pictures at random and ignores groups: each picture occurs as often as it was published,
 * and every copy is assigned at random. So copies of one picture, and pictures of one group, end up
 * in different splits.
 */
final class LeakySplit {
    private static final Pattern COPIES = Pattern.compile("(?:^|;)copies=(\\d+)(?:;|$)");

    private LeakySplit() {}

    /**
     * The pictures of each split, in the order of their files.
     *
     * @param splits as in the manifest: a split keeps its share of each class
     */
    static Map<String, List<LabelledPicture>> of(
            Map<String, List<LabelledPicture>> splits, PictureManifest manifest, long seed) {
        Map<Path, Integer> copies =
                manifest.rows().stream()
                        .collect(Collectors.toMap(manifest::file, LeakySplit::copies));
        Random random = new Random(seed);
        Map<LabelledPicture, String> splitOf = new HashMap<>();
        List<LabelledPicture> all = new ArrayList<>();
        for (Map<String, List<LabelledPicture>> ofLabel : byLabel(splits).values()) {
            all.addAll(assigned(ofLabel, copies, random, splitOf));
        }
        all.sort(Comparator.comparing(LabelledPicture::file));
        Map<String, List<LabelledPicture>> leaky = new TreeMap<>();
        for (String split : splits.keySet()) {
            leaky.put(split, all.stream().filter(of -> split.equals(splitOf.get(of))).toList());
        }
        return leaky;
    }

    /** How often a picture was published: its note's {@code copies=N}, or once. */
    private static int copies(Row row) {
        Matcher note = COPIES.matcher(row.note() == null ? "" : row.note());
        int copies = note.find() ? Integer.parseInt(note.group(1)) : 1;
        if (copies < 1) {
            throw new IllegalArgumentException(
                    "note: %s of %s (expected: at least one copy)"
                            .formatted(row.note(), row.file()));
        }
        return copies;
    }

    /** The pictures of each class, by split. */
    private static Map<Integer, Map<String, List<LabelledPicture>>> byLabel(
            Map<String, List<LabelledPicture>> splits) {
        Map<Integer, Map<String, List<LabelledPicture>>> byLabel = new TreeMap<>();
        for (Map.Entry<String, List<LabelledPicture>> split : splits.entrySet()) {
            for (LabelledPicture picture : split.getValue()) {
                byLabel.computeIfAbsent(picture.label(), label -> new TreeMap<>())
                        .computeIfAbsent(split.getKey(), name -> new ArrayList<>())
                        .add(picture);
            }
        }
        return byLabel;
    }

    /** Assigns all copies of one class's pictures; the map receives the result. */
    private static List<LabelledPicture> assigned(
            Map<String, List<LabelledPicture>> splits,
            Map<Path, Integer> copies,
            Random random,
            Map<LabelledPicture, String> splitOf) {
        List<LabelledPicture> all = new ArrayList<>();
        for (List<LabelledPicture> pictures : splits.values()) {
            for (LabelledPicture picture : pictures) {
                all.addAll(copies(picture, copies.getOrDefault(picture.file(), 1)));
            }
        }
        List<LabelledPicture> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        int pictures = splits.values().stream().mapToInt(List::size).sum();
        int until = 0;
        int given = 0;
        for (Map.Entry<String, List<LabelledPicture>> split : splits.entrySet()) {
            until += split.getValue().size();
            int end = (int) Math.round((double) until / pictures * all.size());
            shuffled.subList(given, end).forEach(of -> splitOf.put(of, split.getKey()));
            given = end;
        }
        return all;
    }

    /** Each copy is a source of its own, because its labeller does not know the others. */
    private static List<LabelledPicture> copies(LabelledPicture of, int count) {
        List<LabelledPicture> copies = new ArrayList<>();
        for (int copy = 1; copy <= count; copy++) {
            copies.add(
                    new LabelledPicture(
                            of.file(),
                            of.label(),
                            of.group(),
                            of.sha256(),
                            of.source() + "#" + copy,
                            of.form()));
        }
        return copies;
    }
}
