package dev.medzoo.serving.dicomweb;

import dev.medzoo.translate.finding.Finding;

/** Writes a finding as a DICOM file of the same study. */
@FunctionalInterface
interface ReportWriter {
    /**
     * The report on an instance.
     *
     * @param file of the referenced instance
     */
    Report write(Instance instance, byte[] file, Finding finding) throws NodeException;
}
