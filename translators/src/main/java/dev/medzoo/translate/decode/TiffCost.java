package dev.medzoo.translate.decode;

import java.io.IOException;

/**
 * Cost of decoding the pixels of a TIFF, by compression and sample type, without its embedded
 * JPEGs. The figures are measured ({@code benchmarks/picture-fuzz}).
 */
final class TiffCost {
    /** Cost of a strip or tile beside its pixels. An embedded JPEG adds its headers. */
    private static final int WORK_OF_TILE = 1000;

    private static final int WORK_OF_JPEG = 5000;

    /** Cost of a row of a strip or tile beside its pixels. */
    private static final int WORK_OF_ROW = 10;

    /** Cost of each decompressed byte of a pixel after the first. */
    private static final double WORK_OF_BYTE = 0.25;

    /** Extra cost of a byte with a horizontal predictor. */
    private static final double WORK_OF_PREDICTED_BYTE = 0.15;

    /** Extra cost of a PackBits byte. */
    private static final double WORK_OF_PACKED_BYTE = 0.15;

    /** Extra cost of an LZW byte. */
    private static final double WORK_OF_LZW_BYTE = 0.2;

    /**
     * Cost of a sample that is not whole bytes, in pixels of several samples: each is read by
     * itself.
     */
    private static final double WORK_OF_ODD_SAMPLE = 0.35;

    /** Cost of converting a CIE L*a*b* pixel to RGB. */
    private static final double WORK_OF_LAB = 2;

    /** Extra cost of a CMYK pixel in an embedded JPEG. */
    private static final double WORK_OF_INKS = 2;

    /** Cost of a pixel per plane, if there are several. */
    private static final double WORK_OF_PLANE = 0.6;

    /** Rows that the reader buffers, compressed and decompressed. */
    private static final int ROWS = 6;

    /** Bytes per pixel for the changes of colour in two rows of a fax. */
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
        // Where the two tags differ, the reader uses now one and now the other.
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
     * Announces the cost.
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
        double unpackedBytes = Math.ceil(samples * (double) (bits > 8 ? bitsOfBytes() : bits) / 8);
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
            // The reader converts the whole picture again for every tile.
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
        return work + (samples > 1 && bits != bitsOfBytes() ? WORK_OF_ODD_SAMPLE * samples : 0);
    }

    /** Announces the cost of converting a CMYK JPEG in a TIFF to RGB, which happens here. */
    static void chargeInks(JpegStream jpeg, Budget budget) throws TooCostlyException {
        if (jpeg.components() > 3) {
            budget.work(
                    "JPEG of %d components in a TIFF".formatted(jpeg.components()),
                    WORK_OF_INKS * jpeg.width() * jpeg.height());
        }
    }

    /** The bits rounded up to whole bytes. */
    private long bitsOfBytes() {
        return (bits + 7) / 8 * 8;
    }
}
