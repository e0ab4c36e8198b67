package dev.medzoo.training.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder of labelled pictures, described by its {@code manifest.csv}: a line a picture, with the
 * columns {@code file}, {@code label}, {@code split}, {@code group} and {@code sha256}. Pictures of
 * one group (lesion, slide, patient, near-duplicate cluster) are not independent, so a group stands
 * on one side of a split only.
 */
public final class PictureSet {
    private static final String MANIFEST = "manifest.csv";

    private final Path folder;
    private final String manifestSha256;
    private final List<String> labels;
    private final Map<String, List<LabelledPicture>> splits;

    /**
     * One picture and what is known of it.
     *
     * @param file of the picture
     * @param label index into {@link #labels()}
     * @param group that it belongs to
     * @param sha256 of the file, in hexadecimal
     * @param source picture that it was cut from, which has one group: the manifest's {@code
     *     source_path}, or the file itself where there is none
     */
    public record LabelledPicture(
            Path file, int label, String group, String sha256, String source) {

        /** A picture that was not cut from another. */
        public LabelledPicture(Path file, int label, String group, String sha256) {
            this(file, label, group, sha256, file.toString());
        }
    }

    /** One line of the manifest; other columns are for people. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Row(
            String file,
            String label,
            String split,
            String group,
            String sha256,
            @JsonProperty("source_path") @Nullable String sourcePath) {
        Row {
            given("file", file);
            given("label", label);
            given("split", split);
            given("group", group);
            given("sha256", sha256);
        }

        String source() {
            return sourcePath == null || sourcePath.isEmpty() ? file : sourcePath;
        }

        private static void given(String column, @Nullable String value) {
            if (value == null) {
                throw new IllegalArgumentException(
                        "column " + column + ": missing (expected: a value on every line)");
            }
        }
    }

    private PictureSet(
            Path folder,
            String manifestSha256,
            List<String> labels,
            Map<String, List<LabelledPicture>> splits) {
        this.folder = folder;
        this.manifestSha256 = manifestSha256;
        this.labels = labels;
        this.splits = splits;
    }

    /**
     * Reads a folder's manifest; the pictures themselves are read when they are needed.
     *
     * @throws NoSuchFileException when the folder or its manifest is not there
     * @throws IllegalArgumentException when the manifest lacks a column, names a file outside the
     *     folder, or has a group on two sides of a split
     */
    public static PictureSet open(Path folder) throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        byte[] bytes = Files.readAllBytes(manifest);
        List<Row> rows = rows(bytes, manifest);
        List<String> labels = rows.stream().map(Row::label).distinct().sorted().toList();
        Map<String, List<LabelledPicture>> splits = new TreeMap<>();
        for (Row row : rows) {
            Path file = folder.resolve(row.file()).normalize();
            if (!file.startsWith(folder.normalize())) {
                throw new IllegalArgumentException(
                        manifest + ": file: " + row.file() + " (expected: inside the folder)");
            }
            int label = labels.indexOf(row.label());
            splits.computeIfAbsent(row.split(), split -> new ArrayList<>())
                    .add(new LabelledPicture(file, label, row.group(), row.sha256(), row.source()));
        }
        refuseSharedGroups(splits, manifest);
        return new PictureSet(folder, Sha256.hex(bytes), labels, splits);
    }

    private static List<Row> rows(byte[] bytes, Path manifest) throws IOException {
        CsvSchema header = CsvSchema.emptySchema().withHeader();
        try (MappingIterator<Row> rows =
                new CsvMapper().readerFor(Row.class).with(header).readValues(bytes)) {
            List<Row> all = rows.readAll();
            if (all.isEmpty()) {
                throw new IllegalArgumentException(manifest + ": no picture (expected: some)");
            }
            return all;
        } catch (JsonProcessingException e) {
            Throwable said = e instanceof ValueInstantiationException ? e.getCause() : null;
            throw new IllegalArgumentException(
                    manifest + ": " + (said == null ? e.getOriginalMessage() : said.getMessage()),
                    e);
        }
    }

    private static void refuseSharedGroups(
            Map<String, List<LabelledPicture>> splits, Path manifest) {
        Map<String, String> splitOf = new HashMap<>();
        splits.forEach(
                (split, pictures) -> {
                    for (LabelledPicture picture : pictures) {
                        String other = splitOf.putIfAbsent(picture.group(), split);
                        if (other != null && !other.equals(split)) {
                            throw new IllegalArgumentException(
                                    "%s: group: %s in %s and %s (expected: in one split)"
                                            .formatted(manifest, picture.group(), other, split));
                        }
                    }
                });
    }

    /** Name of the folder, which names the data set. */
    public String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    /** Where the manifest is, and every picture below it. */
    public Path folder() {
        return folder;
    }

    /** The classes, in alphabetical order: the order of the logits. */
    public List<String> labels() {
        return labels;
    }

    /** Digest of the manifest, which holds the digest of every picture. */
    public String manifestSha256() {
        return manifestSha256;
    }

    /** How many pictures each split has. */
    public Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new TreeMap<>();
        splits.forEach((split, pictures) -> sizes.put(split, pictures.size()));
        return sizes;
    }

    /**
     * The pictures of one split.
     *
     * @throws IllegalArgumentException for a split that the manifest does not have
     */
    public List<LabelledPicture> split(String name) {
        List<LabelledPicture> pictures = splits.get(name);
        if (pictures == null) {
            throw new IllegalArgumentException(
                    "split: " + name + " (expected one of: " + splits.keySet() + ")");
        }
        return List.copyOf(pictures);
    }

    /** The pictures of every split, in the order of the splits' names. */
    public List<LabelledPicture> all() {
        return splits.values().stream().flatMap(List::stream).toList();
    }

    /**
     * As if only some of the {@code train} pictures had been labelled; the other splits are whole.
     * What is kept are whole sources (whoever labels a picture labels all its tiles), about the
     * share of each class, and at least one of each. With one seed a smaller share lies inside a
     * larger one.
     *
     * @param share in (0, 1]
     */
    public PictureSet withTrainShare(double share, long seed) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " (expected: in (0, 1])");
        }
        Map<String, List<LabelledPicture>> fewer = new TreeMap<>(splits);
        fewer.put("train", LabelShare.of(split("train"), share, seed));
        return new PictureSet(folder, manifestSha256, labels, fewer);
    }

    /**
     * Cross-validation over the pictures of all splits together. No group stands in two folds; the
     * classes are spread over the folds as evenly as whole groups permit.
     *
     * @param count of folds, at least 3 and at most as many as there are groups
     * @return a set for each fold: its own pictures are {@code test}, the next fold's {@code val},
     *     all others {@code train}
     */
    public List<PictureSet> folds(int count, long seed) {
        return GroupFolds.splits(all(), labels.size(), count, seed).stream()
                .map(of -> new PictureSet(folder, manifestSha256, labels, of))
                .toList();
    }
}
