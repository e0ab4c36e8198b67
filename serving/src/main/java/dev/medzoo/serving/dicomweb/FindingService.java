package dev.medzoo.serving.dicomweb;

import dev.medzoo.translate.finding.Finding;

/** Finds something in a picture. */
@FunctionalInterface
interface FindingService {
    /**
     * Waits for what the model says.
     *
     * @param file the whole Part-10 file
     */
    Finding of(Instance instance, byte[] file) throws NodeException;
}
