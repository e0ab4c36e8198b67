package dev.medzoo.translate;

import java.io.IOException;

/**
 * A TIFF file. The reader warns of two things that are as they should be: a last strip that is
 * shorter than the others, where the rows do not divide evenly (each strip's length is checked here
 * instead), and JPEG in strips that have their tables in themselves (without any it fails).
 */
final class TiffFile extends ReaderFile {
    private static final String SHORT_STRIP = "strip/tileByteCount < required";
    private static final String OWN_TABLES = "Missing JPEGTables";

    private final boolean holdsAllRows;

    private TiffFile(byte[] bytes, int orientation, boolean holdsAllRows) {
        super(PictureFormat.TIFF, bytes, orientation);
        this.holdsAllRows = holdsAllRows;
    }

    static TiffFile open(byte[] bytes, Budget budget) throws IOException {
        TiffDirectory directory = TiffDirectory.of(bytes, 0, bytes.length);
        TiffLayout layout = TiffLayout.of(directory, bytes, budget);
        byte[] bare = BareTiff.of(bytes, directory, layout);
        return new TiffFile(bare, directory.orientation(), layout.holdsAllRows());
    }

    @Override
    boolean isDamage(String warning) {
        return super.isDamage(warning)
                && !warning.startsWith(OWN_TABLES)
                && !(holdsAllRows && warning.startsWith(SHORT_STRIP));
    }
}
