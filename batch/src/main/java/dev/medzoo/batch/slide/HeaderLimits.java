package dev.medzoo.batch.slide;

import dev.medzoo.translate.decode.TileDecoder;
import dev.medzoo.translate.decode.dicom.CostLimits;
import java.io.IOException;

/** Limits of reading one DICOM header. */
final class HeaderLimits implements CostLimits {
    /** In pixels of a plain JPEG: a header of five million elements. */
    private static final double MOST_WORK = 10_000_000;

    private double work;

    @Override
    public void pixels(long width, long height) throws IOException {
        long most = (long) TileDecoder.LONGEST_SIDE * TileDecoder.LONGEST_SIDE;
        if (width * height > most) {
            throw new IOException(
                    "tiles of %dx%d pixels (expected: at most %d)".formatted(width, height, most));
        }
    }

    @Override
    public void work(String what, double pixels) throws IOException {
        work += pixels;
        if (work > MOST_WORK) {
            throw new IOException("%s (expected: at most %.0f work)".formatted(what, MOST_WORK));
        }
    }

    @Override
    public void memory(String what, double bytes) {
        // The header is in memory already, and nothing is kept of it but its elements.
    }

    @Override
    public void checkWanted() {
        // Whoever reads slides waits for them.
    }
}
