package dev.medzoo.translate;

import java.io.IOException;

/**
 * A TIFF file. The reader warns of a last strip that is shorter than the others, though TIFF 6.0
 * has it so where the rows do not divide evenly; here each strip's length is checked instead.
 */
final class TiffFile extends BareFile {
    private static final String SHORT_STRIP = "strip/tileByteCount < required";

    private final boolean holdsAllRows;

    private TiffFile(byte[] bytes, int orientation, boolean holdsAllRows) {
        super(bytes, orientation);
        this.holdsAllRows = holdsAllRows;
    }

    static TiffFile open(byte[] bytes) throws IOException {
        TiffDirectory directory = TiffDirectory.of(bytes, 0, bytes.length);
        directory.checkStrips();
        return new TiffFile(bytes, directory.orientation(), directory.holdsAllRows());
    }

    @Override
    boolean isDamage(String warning) {
        return super.isDamage(warning) && !(holdsAllRows && warning.startsWith(SHORT_STRIP));
    }
}
