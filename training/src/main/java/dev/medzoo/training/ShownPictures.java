package dev.medzoo.training;

import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.report.Report;
import dev.medzoo.training.report.Thumbnail;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Thumbnails of the pictures of a split, for a report that must not be published.
 *
 * @param pictures in the order of the outputs
 */
record ShownPictures(List<LabelledPicture> pictures) implements Report.Pictures {
    ShownPictures {
        pictures = List.copyOf(pictures);
    }

    @Override
    public Optional<Thumbnail> at(int index, String caption) {
        LabelledPicture picture = pictures.get(index);
        try {
            String file = String.valueOf(picture.file().getFileName());
            return Optional.of(
                    Thumbnail.of(new PictureReader(0).read(picture), file + ": " + caption));
        } catch (IOException e) {
            // The file has disappeared since; the table still names it.
            return Optional.empty();
        }
    }
}
