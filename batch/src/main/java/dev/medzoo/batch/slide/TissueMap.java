package dev.medzoo.batch.slide;

import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where on a slide there is tissue and where glass. Each field of the grid is divided in {@value
 * #CELLS}×{@value #CELLS} cells, whose mean colours come from the coarsest level that shows them. A
 * cell is tissue if it is more saturated than Otsu's threshold over all cells, which is kept within
 * bounds so that a slide of glass alone has none and one of tissue alone has all. Nearly black
 * cells are no tissue.
 */
public final class TissueMap {
    /** Cells of a field, each way. */
    public static final int CELLS = 4;

    /** Pixels of the level that is read for a cell, each way, at least. */
    private static final double PIXELS_A_CELL = 2;

    /** Bounds of the threshold, on a scale of 255: clean glass is below, stained tissue above. */
    private static final int LEAST_SATURATION = 13;

    /**
     * Of the test patches of breast_idc_2class a threshold of 20 takes 1.3 % of those with
     * carcinoma and 3.6 % of the others for glass; one of 51 would take 9.7 and 27.5 %.
     */
    private static final int MOST_SATURATION = 20;

    /** Below it saturation is noise: the edge of the glass, a pen. */
    private static final int DARK = 40;

    private static final int LEVELS = 256;

    private final TileGrid grid;
    private final int across;
    private final byte[] rgb;
    private final int threshold;

    private TissueMap(TileGrid grid, byte[] rgb) {
        this.grid = grid;
        this.rgb = rgb;
        across = CELLS * grid.columns();
        threshold = threshold(rgb);
    }

    /**
     * Looks for tissue.
     *
     * @throws SlideException if a tile of the level that is read cannot be decoded
     */
    public static TissueMap of(Slide slide, TileGrid grid) throws IOException {
        return new TissueMap(grid, new Means(slide, grid).read());
    }

    /**
     * The same map again, from its {@link #picture}.
     *
     * @throws IllegalArgumentException if that is not of this grid
     */
    public static TissueMap of(TileGrid grid, RgbPicture picture) {
        int width = CELLS * grid.columns();
        int height = CELLS * grid.rows();
        if (picture.width() != width || picture.height() != height) {
            throw new IllegalArgumentException(
                    "tissue: %dx%d cells (expected: %dx%d)"
                            .formatted(picture.width(), picture.height(), width, height));
        }
        return new TissueMap(grid, picture.rgb().clone());
    }

    private static int threshold(byte[] rgb) {
        long[] histogram = new long[LEVELS];
        for (int i = 0; i < rgb.length; i += 3) {
            histogram[saturation(rgb, i)]++;
        }
        int best = Otsu.threshold(histogram);
        return Math.max(LEAST_SATURATION, Math.min(MOST_SATURATION, best));
    }

    /** Of HSV, 0 to 255; 0 for what is nearly black. */
    private static int saturation(byte[] rgb, int at) {
        int red = rgb[at] & 0xff;
        int green = rgb[at + 1] & 0xff;
        int blue = rgb[at + 2] & 0xff;
        int most = Math.max(red, Math.max(green, blue));
        int least = Math.min(red, Math.min(green, blue));
        return most < DARK ? 0 : 255 * (most - least) / most;
    }

    /** Saturation from which a cell is tissue, 0 to 255. */
    public int threshold() {
        return threshold;
    }

    /** Share of a field that is tissue, in [0, 1]. */
    public double share(int column, int row) {
        int tissue = 0;
        for (int i = 0; i < CELLS * CELLS; i++) {
            int x = CELLS * column + i % CELLS;
            int y = CELLS * row + i / CELLS;
            tissue += saturation(rgb, 3 * (y * across + x)) >= threshold ? 1 : 0;
        }
        return (double) tissue / (CELLS * CELLS);
    }

    /** The slide with one pixel a cell. */
    public RgbPicture picture() {
        return new RgbPicture(across, CELLS * grid.rows(), rgb.clone());
    }

    /** Mean colours of cells, from one pass over the tiles of a level. */
    private static final class Means {
        private final Slide slide;
        private final int number;
        private final SlideLevel level;
        private final double cell;
        private final int across;
        private final int down;
        private final byte[] rgb;

        /** Sums of rows of cells that are not complete: red, green, blue and pixels of each. */
        private final TreeMap<Integer, long[]> sums = new TreeMap<>();

        Means(Slide slide, TileGrid grid) {
            this.slide = slide;
            double finest = grid.step() * grid.level().downsample() / CELLS;
            number = coarsest(slide, finest);
            level = slide.level(number);
            cell = finest / level.downsample();
            across = CELLS * grid.columns();
            down = CELLS * grid.rows();
            rgb = new byte[3 * across * down];
        }

        private static int coarsest(Slide slide, double finestPixels) {
            int best = 0;
            for (int i = 0; i < slide.levels().size(); i++) {
                if (finestPixels / slide.level(i).downsample() >= PIXELS_A_CELL) {
                    best = i;
                }
            }
            return best;
        }

        byte[] read() throws IOException {
            for (int row = 0; row < level.rows(); row++) {
                for (int column = 0; column < level.columns(); column++) {
                    add(column, row);
                }
                finish((int) ((row + 1L) * level.tileHeight() / cell));
            }
            finish(down);
            return rgb;
        }

        private void add(int column, int row) throws IOException {
            RgbPicture tile = slide.tile(number, column, row);
            if (tile == null) {
                return;
            }
            long left = (long) column * level.tileWidth();
            long top = (long) row * level.tileHeight();
            int width = (int) Math.min(level.tileWidth(), level.width() - left);
            int height = (int) Math.min(level.tileHeight(), level.height() - top);
            int[] cells = new int[width];
            for (int x = 0; x < width; x++) {
                cells[x] = (int) ((left + x) / cell);
            }
            for (int y = 0; y < height; y++) {
                int to = (int) ((top + y) / cell);
                if (to < down) {
                    long[] row4 = sums.computeIfAbsent(to, key -> new long[4 * across]);
                    add(tile.rgb(), 3 * y * tile.width(), cells, row4);
                }
            }
        }

        private void add(byte[] from, int start, int[] cells, long[] into) {
            int at = start;
            for (int cell : cells) {
                if (cell < across) {
                    into[4 * cell] += from[at] & 0xff;
                    into[4 * cell + 1] += from[at + 1] & 0xff;
                    into[4 * cell + 2] += from[at + 2] & 0xff;
                    into[4 * cell + 3]++;
                }
                at += 3;
            }
        }

        /** Writes the means of complete rows; where the file has no pixel, glass. */
        private void finish(int before) {
            Iterator<Map.Entry<Integer, long[]>> rows = sums.headMap(before).entrySet().iterator();
            while (rows.hasNext()) {
                Map.Entry<Integer, long[]> row = rows.next();
                long[] sum = row.getValue();
                for (int x = 0; x < across; x++) {
                    for (int i = 0; i < 3; i++) {
                        long pixels = sum[4 * x + 3];
                        rgb[3 * (row.getKey() * across + x) + i] =
                                (byte) (pixels == 0 ? 255 : sum[4 * x + i] / pixels);
                    }
                }
                rows.remove();
            }
        }
    }
}
