package dev.medzoo.serving.work;

import dev.medzoo.zoo.explain.ExplanationOptions;

/**
 * The explanation that a client requests with a prediction.
 *
 * @param options class and method
 * @param isDrawn whether to draw the heat map over the picture
 */
public record ExplanationRequest(ExplanationOptions options, boolean isDrawn) {}
