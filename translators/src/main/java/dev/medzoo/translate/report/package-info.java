/**
 * What goes back into a hospital's archive: DICOM objects made of a finding.
 *
 * <p>Start at {@link dev.medzoo.translate.report.StructuredReports}, which says what a model found,
 * or {@link dev.medzoo.translate.report.SecondaryCaptures}, which shows a picture made of the
 * source. Both stand in the study of the picture that they are about, and are the only place to
 * which what says who the patient is goes. {@code Attributes} is a data set that is being written,
 * {@code SharedModules} what every object of an archive has, {@code ContentItems} the parts of a
 * report's tree.
 */
@NullMarked
package dev.medzoo.translate.report;

import org.jspecify.annotations.NullMarked;
