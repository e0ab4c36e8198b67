package dev.medzoo.serving.work;

import dev.medzoo.zoo.explain.ExplanationOptions;

/**
 * What a client wants to see beside the finding of its picture.
 *
 * @param options which class's evidence, by which method
 * @param isDrawn whether the map is wanted over the picture
 */
public record ExplanationRequest(ExplanationOptions options, boolean isDrawn) {}
