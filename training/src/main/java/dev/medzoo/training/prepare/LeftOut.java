package dev.medzoo.training.prepare;

/**
 * A file that did not become part of a data set.
 *
 * @param file as its owner names it
 * @param reason why, and what is expected
 */
public record LeftOut(String file, String reason) {}
