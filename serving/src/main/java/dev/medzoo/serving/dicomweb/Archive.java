package dev.medzoo.serving.dicomweb;

import java.util.List;

/** The DICOMweb services that the node uses (PS3.18 section 10). */
interface Archive {
    /**
     * A page of the instances that match the node's query (QIDO-RS).
     *
     * @param offset of the first, among all that match
     * @return the instances that have UIDs; {@link Page#size} 0 marks the end
     */
    Page find(int offset) throws NodeException;

    /** Whether a study has an instance with that UID (QIDO-RS). */
    boolean has(String study, String uid) throws NodeException;

    /** The Part-10 file of an instance (WADO-RS), in its stored transfer syntax. */
    byte[] fetch(Instance instance) throws NodeException;

    /** Adds a report to a study (STOW-RS). An existing report is not replaced. */
    void store(String study, Report report) throws NodeException;

    /**
     * A page of matching instances.
     *
     * @param size number of matches sent by the server, also those without UIDs
     */
    record Page(List<Instance> instances, int size) {
        public Page {
            instances = List.copyOf(instances);
        }
    }
}
