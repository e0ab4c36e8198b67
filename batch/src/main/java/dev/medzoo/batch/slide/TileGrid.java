package dev.medzoo.batch.slide;

import dev.medzoo.zoo.artifact.TrainedScale;
import java.util.List;

/**
 * A slide cut into fields of a model, side by side from the upper left corner, each as large on the
 * glass as a training picture. What remains at the right and lower edge is less than a field and is
 * left out.
 *
 * @param number of the level that is read
 * @param level that is read
 * @param micrometresPerPixel of that level
 * @param scale of the model's training pictures
 */
public record TileGrid(
        int number, SlideLevel level, double micrometresPerPixel, TrainedScale scale) {
    /** By how much a level may be coarser than the training pictures. */
    private static final double TOLERANCE = 1.1;

    private static final double COARSEST = 2;
    private static final double LARGEST_FIELD = 8192;
    private static final long MOST_TILES = 2_000_000;

    public TileGrid {
        double step = scale.fieldMicrometres() / micrometresPerPixel;
        if (!(step >= 1 && step <= LARGEST_FIELD)) {
            throw new IllegalArgumentException(
                    "level: %d, where a field of %s micrometres has %.1f pixels (expected: 1..%.0f)"
                            .formatted(number, scale.fieldMicrometres(), step, LARGEST_FIELD));
        }
        long across = (long) (level.width() / step);
        long down = (long) (level.height() / step);
        long tiles = across * down;
        if (tiles < 1 || tiles > MOST_TILES) {
            throw new IllegalArgumentException(
                    "level: %d of %s pixels, %d fields of %.1f pixels (expected: 1..%d fields)"
                            .formatted(number, level, tiles, step, MOST_TILES));
        }
    }

    /**
     * The grid on the best level: the coarsest that still shows what the training pictures show, up
     * to a tenth coarser than they are.
     *
     * @param micrometres a pixel of the slide's finest level
     * @throws IllegalArgumentException if even the finest level is too coarse, or too fine
     */
    public static TileGrid of(Slide slide, double micrometres, TrainedScale scale) {
        List<SlideLevel> levels = slide.levels();
        int best = -1;
        for (int i = 0; i < levels.size(); i++) {
            double own = micrometres * levels.get(i).downsample();
            if (own <= TOLERANCE * scale.micrometresPerPixel()) {
                best = i;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException(
                    "slide %s: %s micrometres a pixel (expected: at most %.4g, as the model was trained at %s)"
                            .formatted(
                                    slide.path(),
                                    micrometres,
                                    TOLERANCE * scale.micrometresPerPixel(),
                                    scale.micrometresPerPixel()));
        }
        return of(slide, micrometres, scale, best);
    }

    /**
     * The grid on a level of one's own choice.
     *
     * @param number of the level, 0 for the finest
     * @throws IllegalArgumentException if there is none, or it is over twice as coarse as the
     *     training pictures
     */
    public static TileGrid of(Slide slide, double micrometres, TrainedScale scale, int number) {
        SlideLevel level = slide.level(number);
        double own = micrometres * level.downsample();
        if (own > COARSEST * scale.micrometresPerPixel()) {
            throw new IllegalArgumentException(
                    "level: %d of %s, %.4g micrometres a pixel (expected: at most %.4g)"
                            .formatted(
                                    number,
                                    slide.path(),
                                    own,
                                    COARSEST * scale.micrometresPerPixel()));
        }
        return new TileGrid(number, level, own, scale);
    }

    /** Distance of two neighbours in pixels of the level; not a whole number in general. */
    public double step() {
        return scale.fieldMicrometres() / micrometresPerPixel;
    }

    /** Fields in a row. */
    public int columns() {
        return (int) (level.width() / step());
    }

    /** Fields in a column. */
    public int rows() {
        return (int) (level.height() / step());
    }

    /** Side of what is read for a field, in pixels of the level. */
    public int side() {
        return (int) Math.max(1, Math.round(step()));
    }

    /** Left edge of a column's fields, in pixels of the level. */
    public long x(int column) {
        return Math.min(Math.round(column * step()), level.width() - side());
    }

    /** Upper edge of a row's fields, in pixels of the level. */
    public long y(int row) {
        return Math.min(Math.round(row * step()), level.height() - side());
    }

    /** Left or upper edge of a column or row, in pixels of the finest level. */
    public long finest(int columnOrRow) {
        return Math.round(columnOrRow * step() * level.downsample());
    }

    /** Area of a field, in square millimetres. */
    public double squareMillimetres() {
        double side = scale.fieldMicrometres() / 1000;
        return side * side;
    }
}
