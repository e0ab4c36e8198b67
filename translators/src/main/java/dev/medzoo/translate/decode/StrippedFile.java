package dev.medzoo.translate.decode;

import java.io.IOException;

/**
 * A picture file whose structure has been checked: it is complete, its cost is known, everything
 * but pixels has been dropped, and of the metadata only the orientation is kept.
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

    /** Decodes the first picture of the file, before rotation. */
    abstract RgbPicture read(Budget budget) throws IOException;

    /**
     * Decodes at no larger size than needed; most formats have only one.
     *
     * @param shrinking that follows
     */
    CoarsePicture read(DownscaleHint shrinking, Budget budget) throws IOException {
        return CoarsePicture.of(read(budget));
    }
}
