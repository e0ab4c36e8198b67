package dev.medzoo.translate.decode;

import java.io.IOException;

/**
 * A picture file that has been walked once: it is whole as far as its structure tells, what is not
 * pixels has been left out, what it would cost is known, and of the metadata only the orientation
 * is left.
 */
abstract class StrippedFile {
    private final int orientation;

    /**
     * @param orientation of EXIF, 1 to 8
     */
    StrippedFile(int orientation) {
        this.orientation = orientation;
    }

    final int orientation() {
        return orientation;
    }

    /** The first picture of the file, before any turning. */
    abstract RgbPicture read(Budget budget) throws IOException;

    /**
     * The same, at no greater size than is needed; most formats know but one.
     *
     * @param shrinking that follows
     */
    CoarsePicture read(DownscaleHint shrinking, Budget budget) throws IOException {
        return CoarsePicture.of(read(budget));
    }
}
