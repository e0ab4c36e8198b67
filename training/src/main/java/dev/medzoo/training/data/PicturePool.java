package dev.medzoo.training.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.data.ListedPicture;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.SplitAudit;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unlabelled pictures of one or more folders: of each {@code manifest.csv} the columns {@code
 * file}, {@code split}, {@code group} and {@code sha256} are read, and no others.
 *
 * @param sources their sources
 * @param pictures all of them, with label {@value #UNLABELLED}
 */
public record PicturePool(List<Source> sources, List<LabelledPicture> pictures) {
    private static final int UNLABELLED = -1;

    public PicturePool {
        sources = List.copyOf(sources);
        pictures = List.copyOf(pictures);
    }

    /**
     * One folder's part of a pool.
     *
     * @param dataSet name of the folder
     * @param split whose pictures are in the pool
     * @param manifestSha256 of its manifest, which contains the digest of every picture
     * @param pictures how many
     */
    public record Source(String dataSet, String split, String manifestSha256, int pictures) {}

    /**
     * Lists a pool's pictures.
     *
     * @param data parent of the data sets' folders
     * @param parts data set and split of each part
     * @throws FaultyDataException listing every part without pictures or with an unusable manifest,
     *     and every missing file
     */
    public static PicturePool open(Path data, List<Part> parts) throws IOException {
        List<Source> sources = new ArrayList<>();
        List<LabelledPicture> pictures = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Part part : parts) {
            try {
                PictureManifest manifest = PictureManifest.read(part.folder(data));
                List<ListedPicture> taken = part.of(manifest);
                faults.addAll(part.faults(taken));
                taken.forEach(picture -> pictures.add(part.unlabelled(picture)));
                String sha256 = manifest.sha256();
                sources.add(new Source(part.dataSet(), part.split(), sha256, taken.size()));
            } catch (FaultyDataException e) {
                faults.addAll(e.faults());
            } catch (NoSuchFileException e) {
                faults.add(e.getFile() + ": absent (expected: the list of a pool's pictures)");
            }
        }
        FaultyDataException.refuse(faults);
        return new PicturePool(sources, pictures);
    }

    /**
     * A pool's part of one folder.
     *
     * @param dataSet name of the folder
     * @param split whose pictures are taken
     * @param leaveOut pictures to leave out
     * @param form size in pixels to which every picture is resized first, or null for its own
     * @param address where on a network the data set lies; null for beside the others
     */
    public record Part(
            String dataSet,
            String split,
            LeaveOut leaveOut,
            @Nullable InputSize form,
            @Nullable DataAddress address) {

        /** Where its data set lies. */
        public DataPlace place() {
            return new DataPlace(dataSet, address);
        }

        private Path folder(Path data) {
            return data.resolve(dataSet).normalize();
        }

        private List<ListedPicture> of(PictureManifest manifest) {
            return manifest.rows().stream()
                    .filter(row -> row.split().equals(split) && leaveOut.keeps(row))
                    .map(row -> new ListedPicture(manifest, row))
                    .toList();
        }

        private List<String> faults(List<ListedPicture> taken) {
            return taken.isEmpty()
                    ? List.of(
                            "%s/%s: split: %s (expected: at least one picture)"
                                    .formatted(dataSet, PictureManifest.FILE, split))
                    : SplitAudit.absent(taken);
        }

        private LabelledPicture unlabelled(ListedPicture picture) {
            PictureManifest.Row row = picture.row();
            return new LabelledPicture(
                    picture.path(), UNLABELLED, row.group(), row.sha256(), row.file(), form);
        }

        /** All pictures of a split. */
        public Part(String dataSet, String split) {
            this(dataSet, split, LeaveOut.NOTHING, null, null);
        }

        /** Creates it from a recipe, in which {@code leaveOut} is optional. */
        @JsonCreator
        static Part of(
                @JsonProperty("dataSet") String dataSet,
                @JsonProperty("split") String split,
                @JsonProperty("leaveOut") @Nullable LeaveOut leaveOut,
                @JsonProperty("form") @Nullable InputSize form,
                @JsonProperty("at") @Nullable String at,
                @JsonProperty("sha256") @Nullable String sha256) {
            return new Part(
                    dataSet,
                    split,
                    leaveOut == null ? LeaveOut.NOTHING : leaveOut,
                    form,
                    DataAddress.of(dataSet, at, sha256));
        }
    }
}
