/**
 * Trains candidates from labelled pictures, for the registry to judge.
 *
 * <p>Start at {@link dev.medzoo.training.Training}: a {@link dev.medzoo.training.recipe.Recipe} and
 * a {@link dev.medzoo.training.data.PictureSet} go in, {@link
 * dev.medzoo.training.learn.TrainingLoop} trains, and a candidate comes out. {@link
 * dev.medzoo.training.Evaluation} scores a candidate and writes the figures into its card.
 */
@NullMarked
package dev.medzoo.training;

import org.jspecify.annotations.NullMarked;
