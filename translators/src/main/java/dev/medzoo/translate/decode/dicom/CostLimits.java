package dev.medzoo.translate.decode.dicom;

import java.io.IOException;

/** Limits of the cost of one picture. Each method throws before the work is done. */
public interface CostLimits {
    /** Refuses a picture with too many pixels. */
    void pixels(long width, long height) throws IOException;

    /**
     * Announces work, and refuses it if the total is too much.
     *
     * @param what it is, for the message
     * @param pixels of a plain JPEG that cost as much
     */
    void work(String what, double pixels) throws IOException;

    /**
     * Refuses too much memory beside the picture's own.
     *
     * @param what it is for, for the message
     */
    void memory(String what, double bytes) throws IOException;

    /** Cancels a decoding whose caller no longer waits. */
    void checkWanted() throws IOException;
}
