/**
 * Whether transfer helps: the same tasks learnt from several starting points, with few labels and
 * with many, several times each.
 *
 * <p>Start at {@link dev.medzoo.training.study.Study}: it trains every run of a {@link
 * dev.medzoo.training.study.Plan}, each of which leaves a {@link
 * dev.medzoo.training.study.RunFile}; the {@link dev.medzoo.training.study.Page} is computed from
 * those files alone.
 */
@NullMarked
package dev.medzoo.training.study;

import org.jspecify.annotations.NullMarked;
