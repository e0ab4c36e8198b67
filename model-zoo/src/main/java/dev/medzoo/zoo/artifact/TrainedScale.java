package dev.medzoo.zoo.artifact;

/**
 * The scale of the pictures that a model was trained on, for models of whole slides: what a tile of
 * a slide must look like to be one of them.
 *
 * @param micrometresPerPixel side of a pixel of the training pictures, above 0
 * @param side of a training picture in its own pixels, before it is resized for the network
 */
public record TrainedScale(double micrometresPerPixel, int side) {
    private static final double MOST_MICROMETRES = 1000;
    private static final int LONGEST_SIDE = 4096;

    public TrainedScale {
        if (!(micrometresPerPixel > 0 && micrometresPerPixel <= MOST_MICROMETRES)) {
            throw new IllegalArgumentException(
                    "scale: micrometresPerPixel: %s (expected: above 0, at most %.0f)"
                            .formatted(micrometresPerPixel, MOST_MICROMETRES));
        }
        if (side < 1 || side > LONGEST_SIDE) {
            throw new IllegalArgumentException(
                    "scale: side: %d (expected: 1..%d)".formatted(side, LONGEST_SIDE));
        }
    }

    /** Side of the part of a slide that one picture shows, in micrometres. */
    public double fieldMicrometres() {
        return micrometresPerPixel * side;
    }
}
