package dev.medzoo.training.study;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where the copies of a task's pictures stand in the leaky split of each seed: the n-th logits of a
 * run file are those of the n-th copy in its split.
 *
 * @param manifestSha256 of the manifest of the pictures
 * @param pictures each once, in the order of their files
 * @param splits by seed, a letter for each copy of the first picture, then of the second and so on:
 *     {@code -} for one in {@code train}, {@code v} in {@code val}, {@code t} in {@code test}
 */
record LeakyPictures(String manifestSha256, List<Picture> pictures, Map<Long, String> splits) {
    private static final Map<String, String> LETTERS =
            Map.of("train", "-", "val", "v", "test", "t");

    LeakyPictures {
        pictures = List.copyOf(pictures);
        splits = new TreeMap<>(splits);
        int copies = pictures.stream().mapToInt(Picture::copies).sum();
        for (String split : splits.values()) {
            if (split.length() != copies) {
                throw new IllegalArgumentException(
                        "splits: %d letters (expected: %d, one for each copy)"
                                .formatted(split.length(), copies));
            }
        }
    }

    /**
     * One picture.
     *
     * @param file within the data set
     * @param label index of its class
     * @param group that it belongs to
     * @param copies how often it stands in the set
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"file", "label", "group", "copies"})
    record Picture(String file, int label, String group, int copies) {}

    /** The leaky splits of some seeds, one at least. */
    static LeakyPictures of(PictureSet set, Collection<Long> seeds) throws IOException {
        Map<Path, Picture> pictures = new TreeMap<>();
        Map<Long, String> splits = new TreeMap<>();
        for (long seed : seeds) {
            Map<Path, String> letters = new TreeMap<>();
            PictureSet leaky = set.leaky(seed);
            for (String split : List.of("train", "val", "test")) {
                String letter = Objects.requireNonNull(LETTERS.get(split));
                leaky.split(split).forEach(of -> letters.merge(of.file(), letter, String::concat));
            }
            leaky.all().forEach(of -> pictures.put(of.file(), picture(set, of, letters)));
            splits.put(seed, String.join("", letters.values()));
        }
        return new LeakyPictures(set.manifestSha256(), List.copyOf(pictures.values()), splits);
    }

    private static Picture picture(PictureSet set, LabelledPicture of, Map<Path, String> letters) {
        return new Picture(
                set.file(of), of.label(), of.group(), letters.getOrDefault(of.file(), "").length());
    }

    /** The copies in one split, as a run of that seed was judged on them. */
    List<ScoredPictures.Picture> split(String name, long seed) {
        String letter = Objects.requireNonNull(LETTERS.get(name));
        String letters = splits.getOrDefault(seed, "");
        List<ScoredPictures.Picture> copies = new ArrayList<>();
        int at = 0;
        for (Picture picture : pictures) {
            for (int copy = 1; copy <= picture.copies(); copy++, at++) {
                if (letters.startsWith(letter, at)) {
                    copies.add(
                            new ScoredPictures.Picture(
                                    picture.file(),
                                    name,
                                    0,
                                    picture.label(),
                                    picture.group(),
                                    picture.file() + "#" + copy));
                }
            }
        }
        return copies;
    }

    static LeakyPictures read(Path file) throws IOException {
        return StudyRunResult.readValue(file, LeakyPictures.class);
    }

    void write(Path file) throws IOException {
        StudyRunResult.writeLines(file, this);
    }
}
