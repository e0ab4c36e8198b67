/**
 * How good verdicts are: {@link dev.medzoo.training.measure.Scores} hold a network's logits of a
 * split, {@link dev.medzoo.training.measure.Measures} and {@link
 * dev.medzoo.training.measure.ReliabilityMeasures} the figures of a card. What a reading needs is
 * fitted by {@link dev.medzoo.training.measure.Temperature}, {@link
 * dev.medzoo.training.measure.AbstainThreshold}, {@link dev.medzoo.training.measure.SplitConformal}
 * and {@link dev.medzoo.training.measure.DomainFit}.
 */
@NullMarked
package dev.medzoo.training.measure;

import org.jspecify.annotations.NullMarked;
