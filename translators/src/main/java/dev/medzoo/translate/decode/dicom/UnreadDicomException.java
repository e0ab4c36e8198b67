package dev.medzoo.translate.decode.dicom;

import javax.imageio.IIOException;

/** A DICOM file that is whole as far as it was read, and of a kind that is not read. */
public final class UnreadDicomException extends IIOException {
    private static final long serialVersionUID = 1L;

    UnreadDicomException(String message) {
        super(message);
    }
}
