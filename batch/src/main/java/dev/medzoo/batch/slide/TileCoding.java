package dev.medzoo.batch.slide;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.decode.TileDecoder;
import java.io.IOException;

/** How the tiles of a level are coded: TIFF's compression, with what it needs from the header. */
final class TileCoding {
    private static final int NONE = 1;
    private static final int LZW = 5;
    private static final int JPEG = 7;
    private static final int DEFLATE = 8;
    private static final int PACK_BITS = 32773;
    private static final int OLD_DEFLATE = 32946;

    /** Aperio's JPEG 2000 of YCbCr, and of RGB. */
    private static final int JPEG_2000_YCBCR = 33003;

    private static final int JPEG_2000_RGB = 33005;
    private static final int JPEG_2000 = 34712;

    private static final String READ =
            "none, LZW, JPEG, deflate, PackBits, or JPEG 2000 as 33003, 33005 or 34712";

    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int YCBCR = 6;
    private static final int COLOURS = 3;
    private static final int BITS = 8;
    private static final int HORIZONTAL = 2;
    private static final int MOST_TABLE_BYTES = 1 << 16;

    private final int compression;
    private final int photometric;
    private final int samples;
    private final boolean isPredicted;
    private final byte[] tables;
    private final TileDecoder decoder;

    private TileCoding(TiffTags tags, TileDecoder decoder) throws IOException {
        this.decoder = decoder;
        compression = (int) tags.number(TiffTag.COMPRESSION, NONE);
        photometric = (int) tags.number(TiffTag.PHOTOMETRIC, -1);
        samples = (int) tags.number(TiffTag.SAMPLES_PER_PIXEL, 1);
        isPredicted = tags.number(TiffTag.PREDICTOR, 1) == HORIZONTAL;
        tables =
                compression == JPEG
                        ? tags.bytes(TiffTag.JPEG_TABLES, MOST_TABLE_BYTES)
                        : new byte[0];
    }

    /**
     * Reads the coding of a directory's tiles.
     *
     * @throws SlideException if it is not a supported one
     */
    static TileCoding of(TiffTags tags, SlideFile file, int tileWidth, int tileHeight)
            throws IOException {
        TileCoding coding = new TileCoding(tags, new TileDecoder(tileWidth, tileHeight));
        String fault = coding.fault(tags);
        if (!fault.isEmpty()) {
            throw file.refused(fault);
        }
        return coding;
    }

    /** What is not supported, with what is; empty for nothing. */
    private String fault(TiffTags tags) throws IOException {
        for (long bits : tags.has(TiffTag.BITS_PER_SAMPLE) ? bits(tags) : new long[] {1}) {
            if (bits != BITS) {
                return "samples of %d bits (expected: 8)".formatted(bits);
            }
        }
        if (tags.number(TiffTag.SAMPLE_FORMAT, 1) != 1) {
            return "samples signed or floating (expected: unsigned)";
        }
        if (tags.number(TiffTag.PLANAR_CONFIGURATION, 1) != 1) {
            return "colours in planes of their own (expected: side by side)";
        }
        if (tags.number(TiffTag.PREDICTOR, 1) > HORIZONTAL) {
            return "predictor %d (expected: 1 or 2)".formatted(tags.number(TiffTag.PREDICTOR, 1));
        }
        boolean isKnown =
                switch (compression) {
                    case NONE, LZW, JPEG, DEFLATE, PACK_BITS, OLD_DEFLATE -> true;
                    default -> isJpeg2000();
                };
        if (!isKnown) {
            return "compression %d (expected: %s)".formatted(compression, READ);
        }
        return colourFault();
    }

    private String colourFault() {
        boolean isGrey = samples == 1 && photometric == BLACK_IS_ZERO && !isJpeg2000();
        // Aperio's numbers say themselves what the samples are; of 34712 only RGB is sure.
        boolean isYcbcr =
                photometric == YCBCR
                        && (compression == JPEG || (isJpeg2000() && compression != JPEG_2000));
        boolean isColour = samples == COLOURS && (photometric == RGB || isYcbcr);
        return isGrey || isColour
                ? ""
                : "%d samples a pixel of photometric interpretation %d, compression %d"
                                .formatted(samples, photometric, compression)
                        + " (expected: RGB, YCbCr in JPEG, or grey whose zero is black)";
    }

    private static long[] bits(TiffTags tags) throws IOException {
        return tags.numbers(TiffTag.BITS_PER_SAMPLE, COLOURS + 1);
    }

    private boolean isJpeg2000() {
        return compression == JPEG_2000_YCBCR
                || compression == JPEG_2000_RGB
                || compression == JPEG_2000;
    }

    /** Decodes the bytes of one tile. */
    RgbPicture decode(byte[] tile) throws TranslateException {
        if (compression == JPEG) {
            return decoder.jpeg(tables, tile, photometric == RGB);
        }
        if (isJpeg2000()) {
            return decoder.jpeg2000(tile, compression == JPEG_2000_YCBCR);
        }
        return decoder.tiff(tile, compression, samples, isPredicted);
    }

    @Override
    public String toString() {
        return switch (compression) {
            case NONE -> "not compressed";
            case LZW -> "LZW";
            case JPEG -> "JPEG";
            case PACK_BITS -> "PackBits";
            case DEFLATE, OLD_DEFLATE -> "deflate";
            default -> "JPEG 2000";
        };
    }
}
