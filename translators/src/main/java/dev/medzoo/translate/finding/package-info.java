/**
 * Turns a network's output into a finding for people.
 *
 * <p>Start at {@link dev.medzoo.translate.finding.Reading}, which turns logits into calibrated
 * probabilities as an artifact stores it. {@link dev.medzoo.translate.finding.Conformal} gives the
 * labels that are not ruled out, {@link dev.medzoo.translate.finding.Domain} detects
 * out-of-distribution pictures. {@link dev.medzoo.translate.finding.Finding} holds the result, for
 * people and as JSON.
 */
@NullMarked
package dev.medzoo.translate.finding;

import org.jspecify.annotations.NullMarked;
