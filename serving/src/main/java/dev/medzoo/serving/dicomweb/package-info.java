/**
 * The node: watches a DICOMweb server and gives each picture that appears there one report. Start
 * at {@link dev.medzoo.serving.dicomweb.DicomNode}.
 *
 * <p>{@code Archive} is the server as the node sees it (QIDO-RS, WADO-RS, STOW-RS), {@code
 * DicomWebClient} how it is asked. {@code InstanceProcessor} takes one instance through fetch,
 * prediction and store. {@code Journal} keeps on disk what became of each, so that a process that
 * is killed at any step leaves no instance without a report, and none with two.
 *
 * <p>Instances are named by their UIDs in the journal and at log level DEBUG alone: with the
 * archive at hand a UID leads to the patient. No message of an exception has one.
 */
@NullMarked
package dev.medzoo.serving.dicomweb;

import org.jspecify.annotations.NullMarked;
