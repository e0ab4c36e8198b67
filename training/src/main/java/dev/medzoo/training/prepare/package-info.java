/**
 * Makes data sets of the user's own pictures: folders with a {@code manifest.csv} that training
 * reads and the registry's gate accepts.
 *
 * <p>Start at {@link dev.medzoo.training.prepare.DataInit}: it lists the pictures, reads each,
 * finds groups, splits them into {@code train}, {@code val} and {@code test}, and writes the
 * folder. {@link dev.medzoo.training.prepare.DataCheck} reports the content and faults of a data
 * set, {@link dev.medzoo.training.prepare.DataSplit} splits it anew, and {@link
 * dev.medzoo.training.prepare.StarterRecipe} writes a first recipe for it.
 */
@NullMarked
package dev.medzoo.training.prepare;

import org.jspecify.annotations.NullMarked;
