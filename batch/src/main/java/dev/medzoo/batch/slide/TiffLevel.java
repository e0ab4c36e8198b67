package dev.medzoo.batch.slide;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.decode.TileDecoder;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A level of a tiled TIFF: one directory whose tiles have all been checked to lie inside the file
 * and not to share a byte. A tile of no bytes is absent, as sparse files have it.
 */
final class TiffLevel {
    /** Longest side, in pixels: 0.5 m at 0.25 µm a pixel. */
    private static final long LONGEST_SIDE = 2_000_000;

    /** A slide of 500,000 pixels a side in tiles of 256. */
    static final long MOST_TILES = 1 << 22;

    /** More bytes than a tile of that many pixels needs, whatever its coding. */
    private static final int MOST_BYTES_A_PIXEL = 8;

    private static final int LEAST_BYTES = 1 << 16;

    private final SlideFile file;
    private final int directory;
    private final long width;
    private final long height;
    private final int tileWidth;
    private final int tileHeight;
    private final TileCoding coding;
    private final long[] offsets;
    private final long[] lengths;

    private TiffLevel(SlideFile file, TiffTags tags, int directory) throws IOException {
        this.file = file;
        this.directory = directory;
        width = side(tags, TiffTag.WIDTH, "width", LONGEST_SIDE);
        height = side(tags, TiffTag.HEIGHT, "height", LONGEST_SIDE);
        tileWidth = (int) side(tags, TiffTag.TILE_WIDTH, "tile width", TileDecoder.LONGEST_SIDE);
        tileHeight = (int) side(tags, TiffTag.TILE_HEIGHT, "tile height", TileDecoder.LONGEST_SIDE);
        int tiles = tiles();
        coding = TileCoding.of(tags, file, tileWidth, tileHeight);
        offsets = all(tags, TiffTag.TILE_OFFSETS, "offsets", tiles);
        lengths = all(tags, TiffTag.TILE_BYTE_COUNTS, "byte counts", tiles);
        checkInside();
        checkDisjoint();
    }

    /**
     * Reads and checks a directory.
     *
     * @param directory its number, for messages
     * @throws SlideException if it is malformed, too large or of an unsupported kind
     */
    static TiffLevel of(SlideFile file, TiffTags tags, int directory) throws IOException {
        return new TiffLevel(file, tags, directory);
    }

    private long side(TiffTags tags, int tag, String name, long most) throws IOException {
        long side = tags.number(tag, 0);
        if (side < 1 || side > most) {
            throw refused("%s: %d (expected: 1..%d)".formatted(name, side, most));
        }
        return side;
    }

    private int tiles() throws SlideException {
        long across = (width + tileWidth - 1) / tileWidth;
        long tiles = across * ((height + tileHeight - 1) / tileHeight);
        if (tiles > MOST_TILES) {
            throw refused("%d tiles (expected: at most %d)".formatted(tiles, MOST_TILES));
        }
        return (int) tiles;
    }

    private long[] all(TiffTags tags, int tag, String name, int tiles) throws IOException {
        if (tags.count(tag) != tiles) {
            throw refused(
                    "%s: %d (expected: one for each of %d tiles)"
                            .formatted(name, tags.count(tag), tiles));
        }
        return tags.numbers(tag, tiles);
    }

    private void checkInside() throws SlideException {
        long most = LEAST_BYTES + (long) MOST_BYTES_A_PIXEL * tileWidth * tileHeight;
        for (int i = 0; i < offsets.length; i++) {
            if (lengths[i] < 0 || lengths[i] > most) {
                throw refused(
                        "%s of %s bytes (expected: at most %d)"
                                .formatted(name(i), Long.toUnsignedString(lengths[i]), most));
            }
            if (lengths[i] > 0) {
                file.check(offsets[i], lengths[i], "directory " + directory + ", " + name(i));
            }
        }
    }

    /** Parts share no byte if, in order, each ends before the next begins. */
    private void checkDisjoint() throws SlideException {
        int count = (int) Arrays.stream(lengths).filter(length -> length > 0).count();
        long[] starts = new long[count];
        long[] ends = new long[count];
        int to = 0;
        for (int i = 0; i < offsets.length; i++) {
            if (lengths[i] > 0) {
                starts[to] = offsets[i];
                ends[to++] = offsets[i] + lengths[i];
            }
        }
        Arrays.sort(starts);
        Arrays.sort(ends);
        for (int i = 1; i < count; i++) {
            if (ends[i - 1] > starts[i]) {
                throw refused(
                        "tiles overlap at byte %d of the file (expected: no byte in two tiles)"
                                .formatted(starts[i]));
            }
        }
    }

    private String name(int index) {
        int across = (int) ((width + tileWidth - 1) / tileWidth);
        return "tile %d,%d".formatted(index % across, index / across);
    }

    private SlideException refused(String fault) {
        return file.refused("TIFF directory %d: %s".formatted(directory, fault));
    }

    /** This level, that many times coarser than the finest. */
    SlideLevel level(double downsample) {
        return new SlideLevel(width, height, tileWidth, tileHeight, downsample);
    }

    long width() {
        return width;
    }

    long height() {
        return height;
    }

    /** Number of tiles. */
    int count() {
        return offsets.length;
    }

    String coding() {
        return coding.toString();
    }

    /** Decodes one tile; null if the file has none there. */
    @Nullable RgbPicture tile(int column, int row) throws IOException, TranslateException {
        int across = (int) ((width + tileWidth - 1) / tileWidth);
        int index = row * across + column;
        if (lengths[index] == 0) {
            return null;
        }
        return coding.decode(file.read(offsets[index], lengths[index], name(index)));
    }
}
