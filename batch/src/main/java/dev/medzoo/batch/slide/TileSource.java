package dev.medzoo.batch.slide;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.RgbPicture;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A file format of slides: its levels, its scale, and its tiles one by one. Thread safe. */
interface TileSource extends Closeable {
    /** What the file is, in words. */
    String format();

    /** The file with the finest level. */
    Path finestFile();

    /** The levels, the finest first; at least one. */
    List<SlideLevel> levels();

    /** Side of a pixel of the finest level, in micrometres, if the file says so. */
    OptionalDouble micrometresPerPixel();

    /**
     * Reads and decodes one tile.
     *
     * @param level 0 for the finest
     * @param column from 0
     * @param row from 0
     * @return the whole tile, also where it reaches beyond the picture; null where the file has
     *     none
     * @throws TranslateException if its bytes are truncated, damaged or too costly
     */
    @Nullable RgbPicture tile(int level, int column, int row)
            throws IOException, TranslateException;
}
