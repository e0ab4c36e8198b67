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
 * Pictures of one or more folders, without labels: of each {@code manifest.csv} the columns {@code
 * file}, {@code split}, {@code group} and {@code sha256} are read, and no other.
 *
 * @param sources where they come from
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
     * @param manifestSha256 of its list of files, which holds the digest of every picture
     * @param pictures how many
     */
    public record Source(String dataSet, String split, String manifestSha256, int pictures) {}

    /**
     * Lists a pool's pictures.
     *
     * @param data folder in which the data sets' folders lie
     * @param parts data set and split of each part
     * @throws FaultyDataException telling every part that has no pictures or a manifest that cannot
     *     be used, and every file that is not there
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
     * What a pool takes from one folder.
     *
     * @param dataSet name of the folder
     * @param split whose pictures are taken
     * @param leaveOut those that are not taken
     * @param form size in pixels that every picture is brought to first, or null for its own
     */
    public record Part(String dataSet, String split, LeaveOut leaveOut, @Nullable InputSize form) {

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
                            "%s/%s: split: %s (expected: to have pictures)"
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
            this(dataSet, split, LeaveOut.NOTHING, null);
        }

        /** As a recipe says it, which may leave nothing out. */
        @JsonCreator
        static Part of(
                @JsonProperty("dataSet") String dataSet,
                @JsonProperty("split") String split,
                @JsonProperty("leaveOut") @Nullable LeaveOut leaveOut,
                @JsonProperty("form") @Nullable InputSize form) {
            LeaveOut nothing = LeaveOut.NOTHING;
            return new Part(dataSet, split, leaveOut == null ? nothing : leaveOut, form);
        }
    }
}
