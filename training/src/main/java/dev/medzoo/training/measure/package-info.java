/**
 * How good verdicts are: {@link dev.medzoo.training.measure.Scores} hold a network's logits of a
 * split, {@link dev.medzoo.training.measure.Measures} the figures of a card.
 */
@NullMarked
package dev.medzoo.training.measure;

import org.jspecify.annotations.NullMarked;
