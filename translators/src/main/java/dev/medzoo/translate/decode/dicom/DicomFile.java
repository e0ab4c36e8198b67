package dev.medzoo.translate.decode.dicom;

import java.io.IOException;

/**
 * Decodes one frame of a DICOM Part-10 file (PS3.10 section 7) to 8-bit RGB.
 *
 * <ul>
 *   <li>Little endian, implicit, explicit and deflated; native pixel data, or encapsulated as JPEG
 *       baseline (and extended of 8 bits), JPEG lossless, JPEG 2000 or RLE;
 *   <li>grey of 1 to 16 bits, signed or not, through modality and VOI LUT as {@link GreyLevels}
 *       says; palettes, plain or segmented; RGB; YBR_FULL, YBR_FULL_422, YBR_ICT and YBR_RCT;
 *   <li>overlays, presentation states, colour profiles and the pixel aspect ratio are not applied.
 * </ul>
 */
public final class DicomFile {
    private final int frame;
    private final CostLimits limits;
    private final DataSet set;
    private final ImagePixel pixel;
    private final PixelData pixelData;

    private DicomFile(DataSet set, TransferSyntax syntax, DicomOptions options, CostLimits limits)
            throws IOException {
        this.set = set;
        this.frame = options.frame();
        this.limits = limits;
        Element element = set.element(Tag.PIXEL_DATA);
        if (element == null) {
            throw new UnreadDicomException("DICOM without pixel data");
        }
        if (!options.burnedInAllowed() && isBurnedIn(set)) {
            throw new UnreadDicomException(
                    "DICOM with burned-in annotation (expected: none, unless allowed)");
        }
        pixel = ImagePixel.of(set, limits);
        if (frame > pixel.frames()) {
            throw new UnreadDicomException(
                    "DICOM frame: %d (expected: 1..%d)".formatted(frame, pixel.frames()));
        }
        pixelData = new PixelData(set, element, syntax, pixel, limits);
        pixelData.check();
    }

    /** Whether a file has the beginning of a Part-10 file. */
    public static boolean begins(byte[] bytes) {
        return PartTen.begins(bytes);
    }

    /**
     * Parses the file up to its pixel data. No pixel is decoded.
     *
     * @param bytes of the whole file, which {@link #begins}
     * @throws UnreadDicomException if its kind is not supported
     * @throws IOException if it is malformed or too costly
     */
    public static DicomFile open(byte[] bytes, DicomOptions options, CostLimits limits)
            throws IOException {
        PartTen file = PartTen.of(bytes, limits);
        DataSetReader reader = DataSetReader.ofPixels(file.bytes(), options.frame(), limits);
        return new DicomFile(file.read(reader), file.syntax(), options, limits);
    }

    private static boolean isBurnedIn(DataSet set) throws IOException {
        return set.text(Tag.BURNED_IN_ANNOTATION).equalsIgnoreCase("YES");
    }

    /** In pixels. */
    public int width() {
        return pixel.columns();
    }

    /** In pixels. */
    public int height() {
        return pixel.rows();
    }

    /**
     * Decodes the frame.
     *
     * @return three bytes a pixel, red, green and blue, row by row; grey is repeated
     * @throws IOException if it is malformed or too costly, or if decoding is cancelled
     */
    public byte[] rgb(FrameCodecs codecs) throws IOException {
        short[] words = pixelData.read(frame, codecs);
        Photometric photometric = pixelData.photometric();
        limits.checkWanted();
        if (photometric == Photometric.PALETTE) {
            return Palette.of(set, pixel.isSigned()).rgb(words, pixel);
        }
        if (!photometric.isGrey()) {
            return Colours.rgb(words, photometric, pixel);
        }
        return grey(words);
    }

    private byte[] grey(short[] words) throws IOException {
        byte[] levels = new GreyLevels(pixel, set).of(words);
        byte[] rgb = new byte[3 * words.length];
        for (int i = 0; i < words.length; i++) {
            byte level = levels[words[i] & 0xffff];
            rgb[3 * i] = level;
            rgb[3 * i + 1] = level;
            rgb[3 * i + 2] = level;
        }
        return rgb;
    }
}
