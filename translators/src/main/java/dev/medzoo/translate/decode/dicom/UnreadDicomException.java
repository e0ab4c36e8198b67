package dev.medzoo.translate.decode.dicom;

import javax.imageio.IIOException;

/**
 * Thrown for a DICOM file that is well-formed as far as it was read, but of an unsupported kind.
 */
public final class UnreadDicomException extends IIOException {
    private static final long serialVersionUID = 1L;

    UnreadDicomException(String message) {
        super(message);
    }
}
