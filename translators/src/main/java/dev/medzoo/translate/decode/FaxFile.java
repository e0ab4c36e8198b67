package dev.medzoo.translate.decode;

import java.io.IOException;
import javax.imageio.IIOException;

/** A TIFF file with fax compression: bilevel pixels in runs. */
final class FaxFile extends StrippedFile {
    private static final int LOW_BIT_FIRST = 2;

    /** Two values of 16 bits each for red, green and blue. */
    private static final int PALETTE_VALUES = 6;

    private final byte[] bytes;
    private final TiffLayout layout;
    private final long[] offsets;
    private final long[] lengths;
    private final FaxKind kind;
    private final boolean isLowFirst;
    private final FaxInk[] inks;

    private FaxFile(byte[] bytes, TiffDirectory tags, TiffLayout layout) throws IOException {
        super(tags.orientation());
        this.bytes = bytes;
        this.layout = layout;
        offsets = layout.offsets();
        lengths = layout.lengths();
        kind = FaxKind.of(tags);
        isLowFirst = tags.value(TiffTags.FILL_ORDER, 1) == LOW_BIT_FIRST;
        inks = inks(tags);
    }

    static FaxFile of(byte[] bytes, TiffDirectory tags, TiffLayout layout) throws IOException {
        long samples = tags.value(TiffTags.SAMPLES_PER_PIXEL, 1);
        long bits = tags.value(TiffTags.BITS_PER_SAMPLE, 1);
        if (samples != 1 || bits != 1) {
            throw new IIOException(
                    "fax of %d samples of %d bits (expected: 1 of 1 bit)".formatted(samples, bits));
        }
        return new FaxFile(bytes, tags, layout);
    }

    /** The colours of a fax's white and black, which are 0 and 1 as samples. */
    private static FaxInk[] inks(TiffDirectory tags) throws IOException {
        int photometric = (int) tags.value(TiffTags.PHOTOMETRIC, TiffTags.WHITE_IS_ZERO);
        return switch (photometric) {
            case TiffTags.WHITE_IS_ZERO -> new FaxInk[] {FaxInk.WHITE, FaxInk.BLACK};
            case TiffTags.BLACK_IS_ZERO -> new FaxInk[] {FaxInk.BLACK, FaxInk.WHITE};
            case TiffTags.PALETTE -> palette(tags.values(TiffTags.COLOR_MAP, PALETTE_VALUES));
            default ->
                    throw new IIOException(
                            "fax of photometric interpretation %d (expected: 0, 1 or 3)"
                                    .formatted(photometric));
        };
    }

    private static FaxInk[] palette(long[] values) throws IIOException {
        if (values.length < PALETTE_VALUES) {
            throw new IIOException("fax with a palette of %d values".formatted(values.length));
        }
        FaxInk[] inks = new FaxInk[2];
        for (int i = 0; i < inks.length; i++) {
            inks[i] = new FaxInk(high(values[i]), high(values[i + 2]), high(values[i + 4]));
        }
        return inks;
    }

    private static byte high(long value) {
        return (byte) (value >> 8);
    }

    @Override
    RgbPicture read(Budget budget) throws IOException {
        byte[] rgb = new byte[3 * layout.width() * layout.height()];
        int next = 0;
        for (int y = 0; y < layout.height(); y += layout.tileHeight()) {
            for (int x = 0; x < layout.width(); x += layout.tileWidth()) {
                readTile(next++, x, y, rgb, budget);
            }
        }
        return new RgbPicture(layout.width(), layout.height(), rgb);
    }

    private void readTile(int index, int left, int top, byte[] rgb, Budget budget)
            throws IOException {
        int from = (int) offsets[index];
        int limit = from + (int) lengths[index];
        int rows = Math.min(layout.tileHeight(), layout.height() - top);
        int columns = Math.min(layout.tileWidth(), layout.width() - left);
        FaxBits bits = new FaxBits(bytes, from, limit, isLowFirst);
        FaxRows fax = new FaxRows(bits, kind, layout.tileWidth(), rows, budget);
        for (int y = top; y < top + rows; y++) {
            paint(fax.next(), columns, rgb, 3 * (y * layout.width() + left));
        }
    }

    private void paint(int[] changes, int columns, byte[] rgb, int to) {
        int from = 0;
        for (int i = 0; from < columns; i++) {
            int end = Math.min(changes[i], columns);
            inks[i & 1].paint(rgb, to + 3 * from, to + 3 * end);
            from = end;
        }
    }
}
