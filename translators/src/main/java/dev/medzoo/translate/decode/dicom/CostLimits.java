package dev.medzoo.translate.decode.dicom;

import java.io.IOException;

/** What one picture may cost. Each method refuses by an exception before anything is done. */
public interface CostLimits {
    /** Refuses a size of too many pixels. */
    void pixels(long width, long height) throws IOException;

    /**
     * Announces work, and refuses it where all work together is too much.
     *
     * @param what it is, for the message
     * @param pixels of a plain JPEG that cost as much
     */
    void work(String what, double pixels) throws IOException;

    /**
     * Refuses memory that is about to be taken beside the picture's own.
     *
     * @param what it is for, for the message
     */
    void memory(String what, double bytes) throws IOException;

    /** Ends a decoding that nobody waits for any more. */
    void checkWanted() throws IOException;
}
