/**
 * From a network's output to what a person sees.
 *
 * <p>Start at {@link dev.medzoo.translate.finding.Reading}, which turns logits into calibrated
 * probabilities as an artifact stores it. {@link dev.medzoo.translate.finding.Conformal} says which
 * labels are not ruled out, {@link dev.medzoo.translate.finding.Domain} whether the picture is like
 * those of training. {@link dev.medzoo.translate.finding.Finding} holds the answer, for people and
 * as JSON.
 */
@NullMarked
package dev.medzoo.translate.finding;

import org.jspecify.annotations.NullMarked;
