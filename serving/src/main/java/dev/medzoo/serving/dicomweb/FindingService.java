package dev.medzoo.serving.dicomweb;

import dev.medzoo.translate.finding.Finding;

/** Predicts a picture for the node. */
@FunctionalInterface
interface FindingService {
    /**
     * Predicts and waits for the result.
     *
     * @param file the whole Part-10 file
     */
    Finding of(Instance instance, byte[] file) throws NodeException;
}
