package dev.medzoo.translate.decode;

import java.util.OptionalInt;

/**
 * How a picture file is to be read.
 *
 * @param frame the number of the frame, from 1, in a DICOM file; empty for the first, and for every
 *     other format, which has one picture
 * @param burnedInAllowed whether a DICOM file may be read whose pixels are said to show who the
 *     patient is
 */
public record PictureOptions(OptionalInt frame, boolean burnedInAllowed) {
    /** The first frame, and nothing burned in. */
    public static final PictureOptions USUAL = new PictureOptions(OptionalInt.empty(), false);

    public PictureOptions {
        if (frame.isPresent() && frame.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "frame: " + frame.getAsInt() + " (expected: a whole number from 1)");
        }
    }
}
