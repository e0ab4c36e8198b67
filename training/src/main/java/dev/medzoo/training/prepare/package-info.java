/**
 * From a person's own pictures to a data set: a folder with a {@code manifest.csv} that training
 * reads and the registry's gate accepts.
 *
 * <p>Start at {@link dev.medzoo.training.prepare.DataInit}: it lists the pictures, reads each,
 * finds groups, deals them out to {@code train}, {@code val} and {@code test}, and writes the
 * folder. {@link dev.medzoo.training.prepare.DataCheck} says what is in a data set and what is
 * wrong with it, {@link dev.medzoo.training.prepare.DataSplit} deals it out anew, and {@link
 * dev.medzoo.training.prepare.StarterRecipe} writes a first recipe for it.
 */
@NullMarked
package dev.medzoo.training.prepare;

import org.jspecify.annotations.NullMarked;
