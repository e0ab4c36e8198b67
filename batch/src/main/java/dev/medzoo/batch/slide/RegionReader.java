package dev.medzoo.batch.slide;

import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads rectangles of one level, whatever tiles they lie in, and keeps the tiles last decoded. Not
 * thread safe: each thread has its own. Where the file has no tile, pixels are white, as glass is.
 */
public final class RegionReader {
    private static final byte WHITE = (byte) 255;

    /** Of decoded tiles, in bytes. */
    private static final long CACHE_BYTES = 24 << 20;

    /** Tiles kept at least: a rectangle smaller than a tile lies in at most four. */
    private static final int LEAST_TILES = 4;

    private final Slide slide;
    private final int number;
    private final SlideLevel level;
    private final Map<Long, Optional<RgbPicture>> tiles;

    /**
     * Creates a reader.
     *
     * @param number of the level, 0 for the finest
     * @throws IllegalArgumentException if there is no such level
     */
    public RegionReader(Slide slide, int number) {
        this.slide = slide;
        this.number = number;
        level = slide.level(number);
        long tileBytes = 3L * level.tileWidth() * level.tileHeight();
        int most = (int) Math.max(LEAST_TILES, CACHE_BYTES / tileBytes);
        tiles = new Recent(most);
    }

    private static final class Recent extends LinkedHashMap<Long, Optional<RgbPicture>> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Optional<RgbPicture>> eldest) {
            return size() > most;
        }
    }

    /**
     * Reads a rectangle.
     *
     * @param x of its left edge, in pixels of the level
     * @param y of its upper edge
     * @param width in pixels of the level
     * @param height in pixels of the level
     * @throws IllegalArgumentException if it is not wholly inside the level
     * @throws SlideException if a tile that it needs cannot be decoded
     */
    public RgbPicture read(long x, long y, int width, int height) throws IOException {
        boolean isInside =
                x >= 0
                        && y >= 0
                        && width > 0
                        && height > 0
                        && x + width <= level.width()
                        && y + height <= level.height();
        if (!isInside) {
            throw new IllegalArgumentException(
                    "region: %dx%d at (%d, %d) (expected: inside %s)"
                            .formatted(width, height, x, y, level));
        }
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        int lastColumn = (int) ((x + width - 1) / level.tileWidth());
        int lastRow = (int) ((y + height - 1) / level.tileHeight());
        for (int row = (int) (y / level.tileHeight()); row <= lastRow; row++) {
            for (int column = (int) (x / level.tileWidth()); column <= lastColumn; column++) {
                copy(column, row, x, y, width, height, rgb);
            }
        }
        return new RgbPicture(width, height, rgb);
    }

    /** Copies what a tile and the rectangle share. */
    private void copy(int column, int row, long x, long y, int width, int height, byte[] rgb)
            throws IOException {
        long left = (long) column * level.tileWidth();
        long top = (long) row * level.tileHeight();
        int fromX = (int) Math.max(0, x - left);
        int fromY = (int) Math.max(0, y - top);
        int toX = (int) (left + fromX - x);
        int toY = (int) (top + fromY - y);
        int across = Math.min(level.tileWidth() - fromX, width - toX);
        int down = Math.min(level.tileHeight() - fromY, height - toY);
        Optional<RgbPicture> tile = tile(column, row);
        for (int i = 0; i < down; i++) {
            int to = 3 * ((toY + i) * width + toX);
            if (tile.isPresent()) {
                int from = 3 * ((fromY + i) * level.tileWidth() + fromX);
                System.arraycopy(tile.get().rgb(), from, rgb, to, 3 * across);
            } else {
                Arrays.fill(rgb, to, to + 3 * across, WHITE);
            }
        }
    }

    private Optional<RgbPicture> tile(int column, int row) throws IOException {
        long key = (long) row << Integer.SIZE | column;
        Optional<RgbPicture> known = tiles.get(key);
        if (known == null) {
            known = Optional.ofNullable(slide.tile(number, column, row));
            tiles.put(key, known);
        }
        return known;
    }
}
