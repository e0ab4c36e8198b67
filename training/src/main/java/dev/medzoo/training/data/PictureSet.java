package dev.medzoo.training.data;

import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.data.ListedPicture;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.PictureManifest.Row;
import dev.medzoo.zoo.data.SplitAudit;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A folder of labelled pictures, described by its {@link PictureManifest}. Pictures of one group
 * (lesion, slide, patient, near-duplicate cluster) are not independent, so a group is in one split
 * only.
 */
public final class PictureSet {
    private final Path folder;
    private final String manifestSha256;
    private final List<String> labels;
    private final Map<String, List<LabelledPicture>> splits;

    /**
     * One labelled picture.
     *
     * @param file of the picture
     * @param label index into {@link #labels()}
     * @param group that it belongs to
     * @param sha256 of the file, in hexadecimal
     * @param source picture that it was cropped from, which has one group: the manifest's {@code
     *     source_path}, or else the file itself
     * @param form size to which it is resized first, or null for its own
     */
    public record LabelledPicture(
            Path file,
            int label,
            String group,
            String sha256,
            String source,
            @Nullable InputSize form) {

        LabelledPicture in(@Nullable InputSize other) {
            return new LabelledPicture(file, label, group, sha256, source, other);
        }

        /** Creates a picture with its own form that was not cropped from another. */
        public LabelledPicture(Path file, int label, String group, String sha256) {
            this(file, label, group, sha256, file.toString(), null);
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
     * Reads a folder's manifest; pictures are read on demand.
     *
     * @throws NoSuchFileException when the folder or its manifest is not there
     * @throws FaultyDataException when the manifest is unusable, or has a group in two splits
     */
    public static PictureSet open(Path folder) throws IOException {
        PictureManifest manifest = PictureManifest.read(folder);
        List<Row> rows = manifest.rows();
        FaultyDataException.refuse(
                SplitAudit.sharedGroups(
                        rows.stream().map(row -> new ListedPicture(manifest, row)).toList()));
        List<String> labels = rows.stream().map(Row::label).distinct().sorted().toList();
        return of(manifest, rows, Row::label, null, labels);
    }

    /**
     * Creates a set from rows of a manifest, with given classes.
     *
     * @param label of a row, one of the labels
     * @param form size to which every picture is resized first, or null for its own
     * @param labels in the order of the logits
     */
    static PictureSet of(
            PictureManifest manifest,
            List<Row> rows,
            Function<Row, String> label,
            @Nullable InputSize form,
            List<String> labels) {
        Map<String, List<LabelledPicture>> splits = new TreeMap<>();
        for (Row row : rows) {
            splits.computeIfAbsent(row.split(), split -> new ArrayList<>())
                    .add(
                            new LabelledPicture(
                                    manifest.file(row),
                                    labels.indexOf(label.apply(row)),
                                    row.group(),
                                    row.sha256(),
                                    source(row),
                                    form));
        }
        return new PictureSet(manifest.folder(), manifest.sha256(), labels, splits);
    }

    private static String source(Row row) {
        String path = row.sourcePath();
        return path == null || path.isEmpty() ? row.file() : path;
    }

    /** Name of the folder, which names the data set. */
    public String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    /** The file of a picture as named in the manifest. */
    public String file(LabelledPicture picture) {
        return folder.normalize().relativize(picture.file()).toString().replace('\\', '/');
    }

    /** Folder of the manifest; all pictures are below it. */
    public Path folder() {
        return folder;
    }

    /** The classes, in alphabetical order: the order of the logits. */
    public List<String> labels() {
        return labels;
    }

    /** Digest of the manifest, which contains the digest of every picture. */
    public String manifestSha256() {
        return manifestSha256;
    }

    /** Whether it has such a split. */
    public boolean has(String split) {
        return splits.containsKey(split);
    }

    /** Number of pictures of each split. */
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

    /**
     * Returns the set with every picture resized first.
     *
     * @param form in pixels, or null for their own
     */
    public PictureSet inForm(@Nullable InputSize form) {
        Map<String, List<LabelledPicture>> formed = new TreeMap<>();
        splits.forEach(
                (split, pictures) ->
                        formed.put(split, pictures.stream().map(of -> of.in(form)).toList()));
        return new PictureSet(folder, manifestSha256, labels, formed);
    }

    /** The pictures of every split, in the order of the splits' names. */
    public List<LabelledPicture> all() {
        return splits.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Simulates that only some of the {@code train} pictures are labelled; the other splits stay
     * complete. It keeps whole sources (whoever labels a picture labels all its tiles), about the
     * share of each class, and at least one of each. With the same seed, a smaller share is a
     * subset of a larger one.
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
     * Cross-validation over the pictures of all splits together. No group is in two folds; classes
     * are balanced over the folds as far as whole groups allow.
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

    /**
     * A random split of single pictures that ignores groups and repeats: each picture occurs as
     * often as it was published (the manifest's note says {@code copies=N}). Each split keeps its
     * share of every class. It shows only how misleading such a protocol is.
     *
     * @throws IOException when the manifest cannot be read again
     */
    public PictureSet leaky(long seed) throws IOException {
        PictureManifest manifest = PictureManifest.read(folder);
        return new PictureSet(
                folder, manifest.sha256(), labels, LeakySplit.of(splits, manifest, seed));
    }
}
