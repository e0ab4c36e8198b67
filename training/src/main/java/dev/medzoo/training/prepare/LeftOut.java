package dev.medzoo.training.prepare;

/**
 * A file left out of a data set.
 *
 * @param file as named by its owner
 * @param reason why, and what is expected
 */
public record LeftOut(String file, String reason) {}
