/**
 * DICOM objects made of a finding, for a hospital's archive.
 *
 * <p>Start at {@link dev.medzoo.translate.report.StructuredReports}, which reports a finding, or at
 * {@link dev.medzoo.translate.report.SecondaryCaptures}, which holds a picture derived from the
 * source. Both belong to the study of their source picture. They are the only outputs that contain
 * patient data. {@code Attributes} builds a data set, {@code SharedModules} writes the modules that
 * all objects share, {@code ContentItems} builds a report's tree.
 */
@NullMarked
package dev.medzoo.translate.report;

import org.jspecify.annotations.NullMarked;
