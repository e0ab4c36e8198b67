package dev.medzoo.translate.decode;

import java.util.OptionalInt;

/**
 * Options for decoding a picture file.
 *
 * @param frame the number of the frame, from 1, in a DICOM file; empty for the first, and for every
 *     other format, which has one picture
 * @param burnedInAllowed whether to accept a DICOM file whose header says that its pixels identify
 *     the patient
 */
public record PictureOptions(OptionalInt frame, boolean burnedInAllowed) {
    /** The first frame; files with burned-in annotation are refused. */
    public static final PictureOptions USUAL = new PictureOptions(OptionalInt.empty(), false);

    public PictureOptions {
        if (frame.isPresent() && frame.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "frame: " + frame.getAsInt() + " (expected: a whole number from 1)");
        }
    }
}
