package dev.medzoo.serving.dicomweb;

import java.util.List;

/** A DICOMweb server, as far as the node asks it (PS3.18 section 10). */
interface Archive {
    /**
     * A page of the instances that match the node's query (QIDO-RS).
     *
     * @param offset of the first, among all that match
     * @return those that have UIDs; with nothing else after them when {@link Page#size} is 0
     */
    Page find(int offset) throws NodeException;

    /** Whether a study has an instance of that UID (QIDO-RS). */
    boolean has(String study, String uid) throws NodeException;

    /** The Part-10 file of an instance (WADO-RS), in the transfer syntax that it is kept in. */
    byte[] fetch(Instance instance) throws NodeException;

    /** Adds a report to a study (STOW-RS); one that is there already stays as it is. */
    void store(String study, Report report) throws NodeException;

    /**
     * Some of the instances that match.
     *
     * @param size matches that the server sent, those without UIDs too
     */
    record Page(List<Instance> instances, int size) {
        public Page {
            instances = List.copyOf(instances);
        }
    }
}
