package dev.medzoo.batch.slide;

import dev.medzoo.zoo.artifact.TrainedScale;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How slides are read for a model: at which scale, on which level, and which fields.
 *
 * @param micrometresPerPixel of a slide's finest level; null for what each slide says
 * @param modelMicrometresPerPixel of the pictures that the model was trained on
 * @param modelSide of those pictures, in their own pixels
 * @param modelScaleSource who says so, in words
 * @param level to read, 0 for the finest; null for the best
 * @param leastTissue share of a field, in (0, 1], from which it is scored
 * @param classes to draw heat maps of; none for all
 */
public record SlideReading(
        @Nullable Double micrometresPerPixel,
        double modelMicrometresPerPixel,
        int modelSide,
        String modelScaleSource,
        @Nullable Integer level,
        double leastTissue,
        List<String> classes)
        implements Serializable {
    private static final double MOST_MICROMETRES = 1000;

    public SlideReading {
        classes = List.copyOf(classes);
        checkMicrometres(micrometresPerPixel);
        checkTissue(leastTissue);
    }

    /** Refuses a scale that no slide has. */
    public static void checkMicrometres(@Nullable Double micrometres) {
        if (micrometres != null && !(micrometres > 0 && micrometres <= MOST_MICROMETRES)) {
            throw new IllegalArgumentException(
                    "--mpp: "
                            + micrometres
                            + " (expected: above 0, at most 1000 micrometres a pixel)");
        }
    }

    /** Refuses a share that no field has. */
    public static void checkTissue(double leastTissue) {
        if (!(leastTissue > 0 && leastTissue <= 1)) {
            throw new IllegalArgumentException(
                    "--least-tissue: " + leastTissue + " (expected: above 0, at most 1)");
        }
    }

    /**
     * Micrometres a pixel of a slide's finest level.
     *
     * @throws IllegalArgumentException if nobody says so
     */
    public double micrometres(Slide slide) {
        if (micrometresPerPixel != null) {
            return micrometresPerPixel;
        }
        return slide.micrometresPerPixel()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "slide %s: no scale in the file (expected: micrometres a pixel, or --mpp)"
                                                .formatted(slide.path())));
    }

    /** Who says a slide's scale, in words. */
    public String scaleSource() {
        return micrometresPerPixel == null ? "the slide" : "--mpp";
    }

    /**
     * The fields of a slide.
     *
     * @throws IllegalArgumentException if its scale is not known, or is none for the model
     */
    public TileGrid grid(Slide slide) {
        double micrometres = micrometres(slide);
        TrainedScale trained = new TrainedScale(modelMicrometresPerPixel, modelSide);
        return level == null
                ? TileGrid.of(slide, micrometres, trained)
                : TileGrid.of(slide, micrometres, trained, level);
    }

    /**
     * The classes to draw heat maps of.
     *
     * @param labels of the model
     * @throws IllegalArgumentException if it has no such class
     */
    public List<String> mapped(List<String> labels) {
        for (String label : classes) {
            if (!labels.contains(label)) {
                throw new IllegalArgumentException(
                        "--class: %s (expected one of: %s)".formatted(label, labels));
            }
        }
        return classes.isEmpty() ? labels : classes;
    }

    /** All of it, in words. */
    public String words() {
        return "%s micrometres a pixel, the model at %s with %d pixels a side, level %s, tissue from %s, maps of %s"
                .formatted(
                        micrometresPerPixel == null ? "the slide's" : micrometresPerPixel,
                        modelMicrometresPerPixel,
                        modelSide,
                        level == null ? "as fits" : level,
                        leastTissue,
                        classes.isEmpty() ? "all classes" : classes);
    }
}
