package dev.medzoo.serving.dicomweb;

import dev.medzoo.translate.finding.Finding;

/** Writes down what was found, as a DICOM file of the same study. */
@FunctionalInterface
interface ReportWriter {
    /**
     * The report on an instance.
     *
     * @param file of the instance, which is referred to
     */
    Report write(Instance instance, byte[] file, Finding finding) throws NodeException;
}
