/**
 * Whether transfer helps: the same tasks learnt from several starting points, with few labels and
 * with many, several times each.
 *
 * <p>Start at {@link dev.medzoo.training.study.Study}: it trains every run of a {@link
 * dev.medzoo.training.study.StudyPlan}, each of which leaves a {@link
 * dev.medzoo.training.study.StudyRunResult}; the {@link dev.medzoo.training.study.ResultsPage} is
 * computed from those files alone.
 */
@NullMarked
package dev.medzoo.training.study;

import org.jspecify.annotations.NullMarked;
