/**
 * Reports of runs for people: SVG plots in a single HTML page, without scripts, fonts or other
 * files.
 *
 * <p>Start at {@link dev.medzoo.training.report.Report} for the page, at {@link
 * dev.medzoo.training.report.LineChart} for the plots. The output depends only on its input: the
 * same figures give the same bytes.
 */
@NullMarked
package dev.medzoo.training.report;

import org.jspecify.annotations.NullMarked;
