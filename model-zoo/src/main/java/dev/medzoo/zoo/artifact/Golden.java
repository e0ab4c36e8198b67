package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;
import java.util.List;

/**
 * {@code golden/golden.json}: pictures drawn by code, and the results that a model must give for
 * them on every machine and with every later version of this code.
 *
 * @param tolerance of each value of a tensor and of each probability, in (0, 0.01]
 * @param cases at least one
 */
public record Golden(double tolerance, List<Case> cases) {

    /**
     * One picture.
     *
     * @param picture file name in {@code golden/}
     * @param tensor file name in {@code golden/}: float32 (3, height, width), little-endian
     * @param probabilities after calibration, in the order of the labels, each in [0, 1]
     */
    public record Case(String picture, String tensor, List<Double> probabilities) {
        public Case {
            probabilities = List.copyOf(probabilities);
            if (!probabilities.stream().allMatch(p -> p >= 0 && p <= 1)) {
                throw new IllegalArgumentException(
                        "probabilities: " + probabilities + " (expected: each in [0, 1])");
            }
        }
    }

    public Golden {
        cases = List.copyOf(cases);
        if (!(tolerance > 0 && tolerance <= 0.01)) {
            throw new IllegalArgumentException(
                    "tolerance: " + tolerance + " (expected: in (0, 0.01])");
        }
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("cases: none (expected: at least 1)");
        }
    }

    /**
     * Reads {@code golden.json}.
     *
     * @param where what it belongs to, for messages
     * @throws MalformedModelException naming the value that is wrong
     */
    public static Golden parse(byte[] json, String where) throws MalformedModelException {
        return Json.read(json, Golden.class, ArtifactFiles.GOLDEN, where);
    }

    /** The bytes of {@code golden.json}. */
    public byte[] toBytes() {
        return Json.write(this);
    }
}
