package dev.medzoo.batch.slide;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.RgbPicture;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A whole-slide picture, read tile by tile from its file and never as a whole: tiled TIFF and
 * BigTIFF, Aperio's SVS among them, and DICOM. Opening it reads and checks headers alone. Thread
 * safe; the file must not change while it is open.
 */
public final class Slide implements Closeable {
    private static final int START_BYTES = 132;
    private static final int SHOWN_BYTES = 8;

    private final Path path;
    private final TileSource source;

    private Slide(Path path, TileSource source) {
        this.path = path;
        this.source = source;
    }

    /**
     * Opens a slide and checks its structure: that all tiles lie inside the file, none over
     * another, and that all are coded in a way that is read here.
     *
     * @param path a file, or a folder with the files of one DICOM slide
     * @throws SlideException if it is no slide, malformed or of an unsupported kind
     * @throws IOException if there is no such file, or it cannot be read
     */
    public static Slide open(Path path) throws IOException {
        Path level = Files.isDirectory(path) ? DicomSlide.levelIn(path) : null;
        if (level == null && Files.isDirectory(path)) {
            throw new SlideException(
                    path,
                    "a folder without a level of a DICOM slide (expected: the file of a slide, or a"
                            + " folder with the files of one DICOM slide)");
        }
        SlideFile file = SlideFile.open(level == null ? path : level);
        try {
            return new Slide(path, source(file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static TileSource source(SlideFile file) throws IOException {
        byte[] start = file.read(0, Math.min(START_BYTES, file.length()), "its first bytes");
        if (TiffStructure.begins(start)) {
            return TiffSlide.open(file);
        }
        if (DicomSlide.begins(start)) {
            return DicomSlide.open(file);
        }
        String seen =
                start.length == 0
                        ? "empty"
                        : "bytes that start with "
                                + hex(Arrays.copyOf(start, Math.min(SHOWN_BYTES, start.length)));
        throw file.refused(seen + " (expected: a tiled TIFF, BigTIFF, SVS or DICOM)");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** The file with its finest level, which is the same whichever of its files was named. */
    public Path finestFile() {
        return source.finestFile();
    }

    /**
     * Whether a file only accompanies slides: a label, overview or thumbnail of DICOM.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean isAccompanying(Path path) throws IOException {
        try (SlideFile file = SlideFile.open(path)) {
            return DicomSlide.isAccompanying(file);
        }
    }

    /** What the file is, in words, such as {@code Aperio SVS, JPEG}. */
    public String format() {
        return source.format();
    }

    /** The levels of its pyramid, the finest first; at least one. */
    public List<SlideLevel> levels() {
        return source.levels();
    }

    /**
     * One level.
     *
     * @param number 0 for the finest
     * @throws IllegalArgumentException if there is none
     */
    public SlideLevel level(int number) {
        List<SlideLevel> levels = levels();
        if (number < 0 || number >= levels.size()) {
            throw new IllegalArgumentException(
                    "level: %d of %s (expected: 0..%d)".formatted(number, path, levels.size() - 1));
        }
        return levels.get(number);
    }

    /** Side of a pixel of the finest level, in micrometres, if the file says so. */
    public OptionalDouble micrometresPerPixel() {
        return source.micrometresPerPixel();
    }

    /**
     * Reads and decodes one tile.
     *
     * @param level 0 for the finest
     * @param column from 0
     * @param row from 0
     * @return the whole tile, also where it reaches beyond the picture; null where the file has
     *     none
     * @throws IllegalArgumentException if there is no such level or place
     * @throws SlideException if its bytes are truncated, damaged or too costly
     */
    public @Nullable RgbPicture tile(int level, int column, int row) throws IOException {
        SlideLevel of = level(level);
        if (column < 0 || row < 0 || column >= of.columns() || row >= of.rows()) {
            throw new IllegalArgumentException(
                    "tile: %d,%d of level %d (expected: inside %dx%d)"
                            .formatted(column, row, level, of.columns(), of.rows()));
        }
        try {
            return source.tile(level, column, row);
        } catch (TranslateException e) {
            throw new SlideException(
                    path,
                    "tile %d,%d of level %d: %s".formatted(column, row, level, e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
