package dev.medzoo.translate;

import java.io.IOException;

/**
 * A TIFF file. The reader warns of two things that are as they should be: a last strip that is
 * shorter than the others, where the rows do not divide evenly (each strip's length is checked here
 * instead), and JPEG in strips that have their tables in themselves (without any it fails).
 */
final class TiffFile extends BareFile {
    private static final String SHORT_STRIP = "strip/tileByteCount < required";
    private static final String OWN_TABLES = "Missing JPEGTables";

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
        return super.isDamage(warning)
                && !warning.startsWith(OWN_TABLES)
                && !(holdsAllRows && warning.startsWith(SHORT_STRIP));
    }
}
