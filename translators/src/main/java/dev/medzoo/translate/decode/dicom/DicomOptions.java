package dev.medzoo.translate.decode.dicom;

/**
 * Options for reading a DICOM file.
 *
 * @param frame the number of the frame, from 1
 * @param burnedInAllowed whether to accept a picture whose header says that its pixels identify the
 *     patient (Burned In Annotation, PS3.3 C.7.6.1.1.5)
 */
public record DicomOptions(int frame, boolean burnedInAllowed) {
    /** The first frame; burned-in annotation is refused. */
    public static final DicomOptions FIRST_FRAME = new DicomOptions(1, false);

    public DicomOptions {
        if (frame < 1) {
            throw new IllegalArgumentException("frame: " + frame + " (expected: at least 1)");
        }
    }
}
