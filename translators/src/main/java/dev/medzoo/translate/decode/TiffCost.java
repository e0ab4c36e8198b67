package dev.medzoo.translate.decode;

import java.io.IOException;

/**
 * What the pixels of a TIFF cost to decode, beside the JPEGs that may be in it, by its compression
 * and the kind of its samples. The figures are measured ({@code benchmarks/picture-fuzz}).
 */
final class TiffCost {
    /** What a strip or a tile costs beside its pixels; each JPEG has a reader's headers. */
    private static final int WORK_OF_TILE = 1000;

    private static final int WORK_OF_JPEG = 5000;

    /** What a row of a strip or tile costs beside its pixels. */
    private static final int WORK_OF_ROW = 10;

    /** What a byte of the unpacked samples costs beyond the first of a pixel. */
    private static final double WORK_OF_BYTE = 0.25;

    /** What each byte costs more when samples are differences. */
    private static final double WORK_OF_PREDICTED_BYTE = 0.15;

    /** What each byte costs more that is PackBits. */
    private static final double WORK_OF_PACKED_BYTE = 0.15;

    /** What each byte costs more that is LZW. */
    private static final double WORK_OF_LZW_BYTE = 0.2;

    /** What a sample that is no whole bytes costs, where there are several: each is taken alone. */
    private static final double WORK_OF_ODD_SAMPLE = 0.35;

    /** What a pixel costs that becomes RGB by way of CIE's colours. */
    private static final double WORK_OF_LAB = 2;

    /** What a pixel costs more that a JPEG holds in four inks. */
    private static final double WORK_OF_INKS = 2;

    /** What a pixel costs for each plane, where there are several. */
    private static final double WORK_OF_PLANE = 0.6;

    /** The reader's rows, packed and unpacked. */
    private static final int ROWS = 6;

    /** The changes of colour in two rows of a fax, for each pixel. */
    private static final int ROW_BYTES_OF_FAX = 8;

    private final TiffDirectory tags;
    private final long compression;
    private final long samples;
    private final long bits;
    private final int planes;

    private TiffCost(TiffDirectory tags, int planes) throws IOException {
        this.tags = tags;
        this.planes = planes;
        compression = tags.value(TiffTags.COMPRESSION, TiffTags.UNCOMPRESSED);
        // Where they differ, the reader takes now this and now that.
        long said = tags.value(TiffTags.SAMPLES_PER_PIXEL, 1);
        samples = Math.max(Math.max(said, tags.count(TiffTags.BITS_PER_SAMPLE)), colours(tags));
        bits = tags.value(TiffTags.BITS_PER_SAMPLE, 1);
    }

    private static int colours(TiffDirectory tags) throws IOException {
        return switch ((int) tags.value(TiffTags.PHOTOMETRIC, 0)) {
            case TiffTags.RGB, TiffTags.YCBCR, TiffTags.CIELAB, TiffTags.ICCLAB, TiffTags.ITULAB ->
                    3;
            case TiffTags.SEPARATED -> 4;
            default -> 1;
        };
    }

    /**
     * Announces it.
     *
     * @param picture its size
     * @param tile the size of its strips or tiles
     * @param count of them in each plane
     */
    static void charge(
            TiffDirectory tags, Area picture, Area tile, long count, int planes, Budget budget)
            throws IOException {
        new TiffCost(tags, planes).charge(picture, tile, count, budget);
    }

    /** In pixels. */
    record Area(long width, long height) {
        double pixels() {
            return (double) width * height;
        }
    }

    private void charge(Area picture, Area tile, long count, Budget budget) throws IOException {
        boolean isJpeg = compression == TiffTags.JPEG;
        String what =
                "TIFF of %d strips or tiles of %dx%d pixels"
                        .formatted(count * planes, tile.width, tile.height);
        budget.work(what, (double) count * planes * (isJpeg ? WORK_OF_JPEG : WORK_OF_TILE));
        double unpackedBytes = Math.ceil(samples * (double) (bits > 8 ? wholeBits() : bits) / 8);
        double rowBytes =
                tile.width
                        * (TiffTags.isFax(compression) ? ROW_BYTES_OF_FAX : ROWS * unpackedBytes);
        budget.memory(what, (3 + unpackedBytes) * picture.pixels() + rowBytes);
        if (!isJpeg) {
            double ofTile =
                    tile.pixels() * workOfPixel() + WORK_OF_ROW * (double) planes * tile.height;
            budget.work(what, ofTile * count);
        }
        chargeColours(what, picture, count, budget);
    }

    private void chargeColours(String what, Area picture, long count, Budget budget)
            throws IOException {
        long photometric = tags.value(TiffTags.PHOTOMETRIC, 0);
        boolean isLab =
                photometric == TiffTags.CIELAB
                        || photometric == TiffTags.ICCLAB
                        || photometric == TiffTags.ITULAB;
        if (isLab) {
            budget.work(what, WORK_OF_LAB * picture.pixels());
        }
        if (planes > 1 && (isLab || photometric == TiffTags.YCBCR)) {
            // The reader converts the whole picture again with every tile.
            budget.work(what, count * picture.pixels());
        }
    }

    private double workOfPixel() throws IOException {
        double bytes = samples * (double) bits / 8;
        double work = 1 + WORK_OF_BYTE * Math.max(0, bytes - 1);
        if (tags.value(TiffTags.PREDICTOR, 1) > 1) {
            work += WORK_OF_PREDICTED_BYTE * bytes;
        }
        if (compression == TiffTags.PACK_BITS) {
            work += WORK_OF_PACKED_BYTE * bytes;
        }
        if (compression == TiffTags.LZW) {
            work += WORK_OF_LZW_BYTE * bytes;
        }
        if (planes > 1) {
            work += WORK_OF_PLANE * planes;
        }
        return work + (samples > 1 && bits != wholeBits() ? WORK_OF_ODD_SAMPLE * samples : 0);
    }

    /**
     * Announces what the fourth component of a JPEG in a TIFF costs: it is turned into RGB here.
     */
    static void chargeInks(JpegStream jpeg, Budget budget) throws TooCostlyException {
        if (jpeg.components() > 3) {
            budget.work(
                    "JPEG of %d components in a TIFF".formatted(jpeg.components()),
                    WORK_OF_INKS * jpeg.width() * jpeg.height());
        }
    }

    /** The bits of as many whole bytes. */
    private long wholeBits() {
        return (bits + 7) / 8 * 8;
    }
}
