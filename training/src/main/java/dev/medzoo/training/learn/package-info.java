/**
 * One network learns: {@link dev.medzoo.training.learn.TrainingLoop} goes through rounds of steps,
 * {@link dev.medzoo.training.learn.Learner} takes a step.
 */
@NullMarked
package dev.medzoo.training.learn;

import org.jspecify.annotations.NullMarked;
