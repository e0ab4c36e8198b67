package dev.medzoo.translate.decode;

/** The tags that pixels depend on (TIFF 6.0, appendix A). */
final class TiffTags {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS_PER_SAMPLE = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int STRIP_OFFSETS = 273;
    static final int SAMPLES_PER_PIXEL = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTE_COUNTS = 279;
    static final int PLANAR_CONFIGURATION = 284;
    static final int T4_OPTIONS = 292;
    static final int PREDICTOR = 317;
    static final int COLOR_MAP = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTE_COUNTS = 325;
    static final int INK_SET = 332;
    static final int NUMBER_OF_INKS = 334;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;
    static final int JPEG_TABLES = 347;
    static final int YCBCR_COEFFICIENTS = 529;
    static final int YCBCR_SUBSAMPLING = 530;
    static final int YCBCR_POSITIONING = 531;
    static final int REFERENCE_BLACK_WHITE = 532;

    static final int UNCOMPRESSED = 1;
    static final int FAX_HUFFMAN = 2;
    static final int FAX_T4 = 3;
    static final int FAX_T6 = 4;
    static final int LZW = 5;
    static final int OLD_JPEG = 6;
    static final int JPEG = 7;
    static final int PACK_BITS = 32773;

    static final int WHITE_IS_ZERO = 0;
    static final int BLACK_IS_ZERO = 1;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int SEPARATED = 5;
    static final int YCBCR = 6;
    static final int CIELAB = 8;
    static final int ICCLAB = 9;
    static final int ITULAB = 10;

    static final int PLANAR = 2;

    private TiffTags() {}

    /** Whether a compression is one of the three fax compressions. */
    static boolean isFax(long compression) {
        return compression >= FAX_HUFFMAN && compression <= FAX_T6;
    }
}
