package dev.medzoo.translate.finding;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The out-of-distribution score of one picture.
 *
 * @param score distance from the training pictures, see {@link Domain#judge}; 0 or more, at most
 *     the threshold for nearly all in-distribution pictures
 * @param threshold the score above which a picture is out of distribution
 */
public record OutOfDistribution(double score, double threshold) {
    public OutOfDistribution {
        checkDistance("score", score);
        checkDistance("threshold", threshold);
    }

    /** Whether the picture is out of distribution, so that the model's label means nothing. */
    @JsonProperty
    public boolean beyond() {
        return score > threshold;
    }

    static void checkDistance(String name, double distance) {
        if (!(distance >= 0 && Double.isFinite(distance))) {
            throw new IllegalArgumentException(
                    "out-of-distribution %s: %s (expected: at least 0, finite)"
                            .formatted(name, distance));
        }
    }
}
