package dev.medzoo.translate.decode.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of one instance of a whole-slide picture (VL Whole Slide Microscopy Image, PS3.3
 * A.32.8): one level of a slide, or its label. Its frames are tiles that a caller reads from the
 * file by their places and hands in one by one; the file as a whole is never in memory.
 */
public final class TiledInstance {
    private static final String WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6";
    private static final String VOLUME = "VOLUME";
    private static final String FULL = "TILED_FULL";

    private static final int IMAGE_TYPE = 0x00080008;
    private static final int SOP_CLASS = 0x00080016;
    private static final int SERIES = 0x0020000e;
    private static final int CONCATENATION = 0x00209161;
    private static final int ORGANIZATION = 0x00209311;
    private static final int PIXEL_SPACING = 0x00280030;
    private static final int PIXEL_MEASURES = 0x00289110;
    private static final int TOTAL_COLUMNS = 0x00480006;
    private static final int TOTAL_ROWS = 0x00480007;
    private static final int OPTICAL_PATHS = 0x00480302;
    private static final int FOCAL_PLANES = 0x00480303;
    private static final int EXTENDED_OFFSETS = 0x7fe00001;

    private static final Set<Integer> SEQUENCES =
            Set.of(Tag.SHARED_FUNCTIONAL_GROUPS, PIXEL_MEASURES);
    private static final Set<Integer> VALUES =
            Set.of(
                    IMAGE_TYPE,
                    SOP_CLASS,
                    SERIES,
                    CONCATENATION,
                    ORGANIZATION,
                    PIXEL_SPACING,
                    TOTAL_COLUMNS,
                    TOTAL_ROWS,
                    OPTICAL_PATHS,
                    FOCAL_PLANES,
                    EXTENDED_OFFSETS,
                    Tag.SAMPLES_PER_PIXEL,
                    Tag.PHOTOMETRIC_INTERPRETATION,
                    Tag.PLANAR_CONFIGURATION,
                    Tag.NUMBER_OF_FRAMES,
                    Tag.ROWS,
                    Tag.COLUMNS,
                    Tag.BITS_ALLOCATED,
                    Tag.BITS_STORED,
                    Tag.HIGH_BIT,
                    Tag.PIXEL_REPRESENTATION,
                    Tag.BURNED_IN_ANNOTATION);

    private static final double MICROMETRES = 1000;
    private static final double MOST_UNLIKE = 1.02;
    private static final int MOST_TYPE_BYTES = 256;
    private static final Pattern NUMBER =
            Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,20})?([eE]-?[0-9])?");

    private final DataSet set;
    private final TransferSyntax syntax;
    private final Element pixelData;
    private final ImagePixel pixel;

    private TiledInstance(DataSet set, TransferSyntax syntax, Element pixelData, CostLimits limits)
            throws IOException {
        this.set = set;
        this.syntax = syntax;
        this.pixelData = pixelData;
        pixel = ImagePixel.of(set, limits);
        if (syntax.isEncapsulated() != pixelData.isUndefined()) {
            throw new UnreadDicomException(
                    "DICOM pixel data %s fragments (expected otherwise by %s)"
                            .formatted(pixelData.isUndefined() ? "in" : "without", syntax));
        }
    }

    /** Whether a file has the beginning of a Part-10 file. */
    public static boolean begins(byte[] start) {
        return PartTen.begins(start);
    }

    /**
     * Parses a file up to its pixel data.
     *
     * @param head the first bytes of the file, which {@link #begins}
     * @param limits of the cost
     * @throws EOFException if the head ends before the pixel data begin: a longer one is needed
     * @return null if it is a picture of another kind
     * @throws UnreadDicomException if its kind is not supported
     * @throws IOException if it is malformed or too costly
     */
    public static @Nullable TiledInstance read(byte[] head, CostLimits limits) throws IOException {
        PartTen file = PartTen.of(head, limits);
        if (file.syntax().isDeflated()) {
            throw new UnreadDicomException("DICOM slide in " + file.syntax());
        }
        DataSet set =
                DataSetReader.ofHead(head, VALUES, SEQUENCES, limits)
                        .readHead(file.at(), file.syntax().isExplicit());
        if (!set.text(SOP_CLASS).equals(WHOLE_SLIDE)) {
            return null;
        }
        Element pixelData = set.element(Tag.PIXEL_DATA);
        if (pixelData == null) {
            throw new UnreadDicomException("DICOM slide without pixel data");
        }
        return new TiledInstance(set, file.syntax(), pixelData, limits);
    }

    /** Its Series Instance UID: the levels of a slide have one. */
    public String series() throws IOException {
        return set.text(SERIES);
    }

    /** Whether it is a level of the slide, rather than its label, an overview or a thumbnail. */
    public boolean isVolume() {
        byte[] value = set.value(IMAGE_TYPE);
        String type =
                new String(
                        value,
                        0,
                        Math.min(MOST_TYPE_BYTES, value.length),
                        StandardCharsets.ISO_8859_1);
        return List.of(type.strip().split("\\\\", -1)).contains(VOLUME);
    }

    /**
     * Refuses a level whose tiles cannot be read by their number.
     *
     * @throws UnreadDicomException naming what it has and what is expected
     */
    public void checkReadable() throws IOException {
        refuse(set.text(CONCATENATION).isEmpty(), "in several files (expected: one a level)");
        refuse(
                set.text(ORGANIZATION).equals(FULL),
                "of %s, whose tiles may lie anywhere (expected: TILED_FULL)"
                        .formatted(
                                set.text(ORGANIZATION).isEmpty()
                                        ? "no organization type"
                                        : set.text(ORGANIZATION)));
        refuse(set.number(OPTICAL_PATHS, 1) == 1, "of several optical paths (expected: one)");
        refuse(set.number(FOCAL_PLANES, 1) == 1, "of several focal planes (expected: one)");
        refuse(
                !set.text(Tag.BURNED_IN_ANNOTATION).equalsIgnoreCase("YES"),
                "with burned-in annotation (expected: none)");
        refuse(
                pixel.photometric().samples() == 3 && pixel.bitsAllocated() == Byte.SIZE,
                "of %s, %d bits (expected: colours of 8 bits)"
                        .formatted(pixel.photometric(), pixel.bitsAllocated()));
    }

    private static void refuse(boolean isRight, String what) throws UnreadDicomException {
        if (!isRight) {
            throw new UnreadDicomException("DICOM slide " + what);
        }
    }

    /** Width of a tile, in pixels. */
    public int tileWidth() {
        return pixel.columns();
    }

    /** Height of a tile, in pixels. */
    public int tileHeight() {
        return pixel.rows();
    }

    /** Width of the whole level, in pixels; 0 if it is not stated. */
    public long width() {
        return wide(TOTAL_COLUMNS);
    }

    /** Height of the whole level, in pixels; 0 if it is not stated. */
    public long height() {
        return wide(TOTAL_ROWS);
    }

    private long wide(int tag) {
        byte[] value = set.value(tag);
        return value.length < Integer.BYTES ? 0 : LittleEndian.int32(value, 0);
    }

    /** Number of tiles. */
    public int frames() {
        return pixel.frames();
    }

    /**
     * Side of a pixel in micrometres, if the file says so.
     *
     * @throws UnreadDicomException if pixels are not squares
     */
    public OptionalDouble micrometresPerPixel() throws IOException {
        DataSet shared = set.item(Tag.SHARED_FUNCTIONAL_GROUPS);
        DataSet measures = shared == null ? null : shared.item(PIXEL_MEASURES);
        byte[] value = measures == null ? new byte[0] : measures.value(PIXEL_SPACING);
        String[] spacing =
                new String(value, StandardCharsets.ISO_8859_1).replace('\0', ' ').split("\\\\", -1);
        if (spacing.length != 2) {
            return OptionalDouble.empty();
        }
        double down = millimetres(spacing[0]);
        double across = millimetres(spacing[1]);
        refuse(
                Math.max(down, across) <= MOST_UNLIKE * Math.min(down, across),
                "with pixels that are not squares");
        return down > 0
                ? OptionalDouble.of(MICROMETRES * (down + across) / 2)
                : OptionalDouble.empty();
    }

    private static double millimetres(String text) {
        String number = text.strip();
        return NUMBER.matcher(number).matches() ? Double.parseDouble(number) : 0;
    }

    /** How the tiles are coded, in words. */
    public String coding() {
        return syntax.toString();
    }

    /** Whether tiles are in fragments; else they lie one behind the other. */
    public boolean isEncapsulated() {
        return syntax.isEncapsulated();
    }

    /** Where in the file the value of the pixel data begins. */
    public long pixelDataAt() {
        return pixelData.at();
    }

    /** Size of a tile that is not in fragments, in bytes. */
    public long nativeBytes() throws IOException {
        return NativeFrame.bytes(pixel);
    }

    /**
     * The extended offset table: for each tile where its fragment begins, eight bytes, counted from
     * the first one's; empty if there is none.
     */
    public byte[] extendedOffsets() {
        return set.value(EXTENDED_OFFSETS);
    }

    /**
     * A Part-10 file of one tile alone, without anything about the patient, for {@link
     * DicomFile#open}.
     *
     * @param tile its bytes, of all its fragments together
     */
    public byte[] fileOf(byte[] tile) {
        return FrameFile.of(pixel, syntax, tile);
    }
}
