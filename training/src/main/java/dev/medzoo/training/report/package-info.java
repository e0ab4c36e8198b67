/**
 * What a person reads of a run: plots as SVG and one page of HTML, without scripts, fonts or any
 * other file.
 *
 * <p>Start at {@link dev.medzoo.training.report.Report} for the page, at {@link
 * dev.medzoo.training.report.LineChart} for the plots. Everything written here depends on its input
 * alone: the same figures give the same bytes.
 */
@NullMarked
package dev.medzoo.training.report;

import org.jspecify.annotations.NullMarked;
