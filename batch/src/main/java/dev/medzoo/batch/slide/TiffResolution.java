package dev.medzoo.batch.slide;

import java.io.IOException;
import java.util.OptionalDouble;

/** The scale by TIFF's own tags: pixels in an inch or a centimetre. */
final class TiffResolution {
    private static final int INCH = 2;
    private static final int CENTIMETRE = 3;
    private static final double MICROMETRES_OF_INCH = 25_400;
    private static final double MICROMETRES_OF_CENTIMETRE = 10_000;

    /** Coarser than any microscope's: programs write 72 or 300 dots an inch when they know none. */
    private static final double COARSEST = 20;

    private static final double MOST_UNLIKE = 1.02;

    private TiffResolution() {}

    /**
     * Micrometres a pixel, if the tags say so.
     *
     * @throws SlideException if pixels are not squares
     */
    static OptionalDouble of(SlideFile file, TiffTags tags) throws IOException {
        double unit =
                switch ((int) tags.number(TiffTag.RESOLUTION_UNIT, INCH)) {
                    case INCH -> MICROMETRES_OF_INCH;
                    case CENTIMETRE -> MICROMETRES_OF_CENTIMETRE;
                    default -> 0;
                };
        OptionalDouble across = tags.fraction(TiffTag.X_RESOLUTION);
        OptionalDouble down = tags.fraction(TiffTag.Y_RESOLUTION);
        if (unit == 0 || across.isEmpty() || down.isEmpty()) {
            return OptionalDouble.empty();
        }
        double width = unit / across.getAsDouble();
        double height = unit / down.getAsDouble();
        return of(file, width, height);
    }

    /**
     * Of a pixel's two sides, in micrometres.
     *
     * @throws SlideException if they differ
     */
    static OptionalDouble of(SlideFile file, double width, double height) throws SlideException {
        if (Math.min(width, height) > COARSEST) {
            return OptionalDouble.empty();
        }
        if (Math.max(width, height) > MOST_UNLIKE * Math.min(width, height)) {
            throw file.refused(
                    "pixels of %s x %s micrometres (expected: squares)".formatted(width, height));
        }
        return OptionalDouble.of((width + height) / 2);
    }
}
