package dev.medzoo.zoo.explain;

import java.util.Arrays;
import java.util.List;

/** How a heat map is computed. */
public enum ExplanationMethod {
    /** {@link LayerCam#fused}, on an early part of the network: fine, by the engine's gradients. */
    LAYER_CAM("layercam"),
    /** {@link GradCam}, on the last map: coarse, in closed form from one forward pass. */
    GRAD_CAM("gradcam"),
    /** {@link Rise}: from some hundred findings of partly hidden pictures, for every network. */
    RISE("rise");

    private final String word;

    ExplanationMethod(String word) {
        this.word = word;
    }

    /** Name in requests and responses. */
    public String word() {
        return word;
    }

    /** All names that {@link #parse} accepts. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ExplanationMethod::word).toList();
    }

    /**
     * Reads a method.
     *
     * @throws IllegalArgumentException when there is no such method
     */
    public static ExplanationMethod parse(String word) {
        for (ExplanationMethod each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        List<String> words = words();
        int last = words.size() - 1;
        throw new IllegalArgumentException(
                "method: %s (expected: %s or %s)"
                        .formatted(
                                word, String.join(", ", words.subList(0, last)), words.get(last)));
    }
}
