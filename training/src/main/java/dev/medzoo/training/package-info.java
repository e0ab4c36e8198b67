/**
 * From labelled pictures to a candidate folder that the registry can judge.
 *
 * <p>Start at {@link dev.medzoo.training.TrainingRun}: a {@link dev.medzoo.training.Recipe} and a
 * {@link dev.medzoo.training.PictureSet} go in, a checkpoint after every epoch and at last a
 * candidate come out. {@link dev.medzoo.training.Evaluation} scores a candidate and writes the
 * figures into its card.
 */
@NullMarked
package dev.medzoo.training;

import org.jspecify.annotations.NullMarked;
