/**
 * What heat maps are worth: curves of pictures from which what a map points at is taken away, and
 * how much of a map lies in wounds that people have outlined. Start at {@link
 * dev.medzoo.benchmarks.explain.MapProofs}.
 */
@NullMarked
package dev.medzoo.benchmarks.explain;

import org.jspecify.annotations.NullMarked;
