package dev.medzoo.translate.decode.dicom;

/**
 * What is asked of a DICOM file.
 *
 * @param frame the number of the frame, from 1
 * @param burnedInAllowed whether a picture may be read whose pixels are said to show who the
 *     patient is (Burned In Annotation, PS3.3 C.7.6.1.1.5)
 */
public record DicomOptions(int frame, boolean burnedInAllowed) {
    /** The first frame, and nothing burned in. */
    public static final DicomOptions FIRST_FRAME = new DicomOptions(1, false);

    public DicomOptions {
        if (frame < 1) {
            throw new IllegalArgumentException("frame: " + frame + " (expected: at least 1)");
        }
    }
}
