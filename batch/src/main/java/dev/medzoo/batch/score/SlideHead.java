package dev.medzoo.batch.score;

import dev.medzoo.batch.slide.Slide;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.batch.slide.SlideScorer;
import dev.medzoo.batch.slide.TileGrid;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a file say, from which a slide is cut in parts.
 *
 * @param file that was listed
 * @param finest file of its finest level: the same for all files of one slide; null if it only
 *     accompanies slides
 * @param columns of fields
 * @param rows of fields; 0 if the slide cannot be read
 * @param bandRows rows of fields that need the same tiles of the file
 * @param error why it cannot be read; null if it can
 */
record SlideHead(
        InputPart.InputFile file,
        @Nullable String finest,
        int columns,
        int rows,
        int bandRows,
        @Nullable String error)
        implements Serializable {

    /**
     * Reads them.
     *
     * @throws IOException if the task is ended
     */
    static SlideHead of(InputPart.InputFile file, SlideReading reading) throws IOException {
        Path path = Path.of(file.location());
        try {
            if (Slide.isAccompanying(path)) {
                return new SlideHead(file, null, 0, 0, 1, null);
            }
            try (Slide slide = Slide.open(path)) {
                TileGrid grid = reading.grid(slide);
                return new SlideHead(
                        file,
                        slide.finestFile().toString(),
                        grid.columns(),
                        grid.rows(),
                        SlideScorer.bandRows(grid),
                        null);
            }
        } catch (IOException | RuntimeException e) {
            return new SlideHead(
                    file, file.location(), 0, 0, 1, UnreadSlideException.of(e).reason());
        }
    }
}
