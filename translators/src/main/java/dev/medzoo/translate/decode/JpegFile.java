package dev.medzoo.translate.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a JPEG file to its coded pixels (ITU-T T.81, annex B). Application segments and comments
 * are dropped: profiles are not applied, and the JDK's reader would guess colours from them. One
 * marker replaces them and states the colour space that libjpeg would infer from the whole file.
 */
final class JpegFile {
    private static final int START_OF_SCAN = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final String EXIF = "Exif\0\0";
    private static final int LEAST_MARKER = 0xc0;

    /** Cost of converting a CMYK pixel, beside its decoding. */
    private static final double WORK_OF_INKS = 0.5;

    /** Version 1.1, no density, no thumbnail: the colours are YCbCr. */
    private static final byte[] JFIF = {
        (byte) 0xff, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    /** Transform 0: the colours are RGB. */
    private static final byte[] ADOBE_RGB = {
        (byte) 0xff, (byte) APP14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };

    private static final int NO_ADOBE = -1;
    private static final int RGB = 0;
    private static final int YCCK = 2;

    private final byte[] bytes;
    private final Budget budget;

    /** Whether three colours are RGB, if whatever holds the JPEG says so; else null. */
    private final @Nullable Boolean stated;

    private final ByteArrayOutputStream tables = new ByteArrayOutputStream();
    private int exif = Exif.NONE;
    private boolean jfif;
    private int adobeTransform = NO_ADOBE;
    private int process;
    private int width;
    private int height;
    private int components;
    private boolean namedRgb;

    private JpegFile(byte[] bytes, Budget budget, @Nullable Boolean stated) {
        this.bytes = bytes;
        this.budget = budget;
        this.stated = stated;
    }

    static StrippedFile open(byte[] bytes, Budget budget) throws IOException {
        return new JpegFile(bytes, budget, null).open();
    }

    /**
     * Opens a JPEG whose colour space the file around it states, whatever its own markers say.
     *
     * @param isRgb whether three colours are red, green and blue, else YCbCr
     */
    static StrippedFile open(byte[] bytes, boolean isRgb, Budget budget) throws IOException {
        return new JpegFile(bytes, budget, isRgb).open();
    }

    private StrippedFile open() throws IOException {
        int at = 2;
        while (true) {
            // Skips bytes that are no marker, as libjpeg does.
            while (Bytes.at(bytes, at) != 0xff
                    || Bytes.at(bytes, at + 1) == 0xff
                    || Bytes.at(bytes, at + 1) < LEAST_MARKER) {
                at++;
            }
            int marker = Bytes.at(bytes, at + 1);
            if (marker == START_OF_SCAN) {
                return bare(at);
            }
            int length = Bytes.big16(bytes, at + 2);
            Bytes.check(bytes, at + 2, Math.max(2, length));
            segment(marker, at, length);
            at += 2 + length;
        }
    }

    /** Reads one segment: {@code at} is its marker, {@code length} excludes the marker. */
    private void segment(int marker, int at, int length) throws IOException {
        int body = at + 4;
        if (marker == APP0 && Bytes.has(bytes, body, "JFIF\0")) {
            jfif = true;
        } else if (marker == APP1 && exif == Exif.NONE && Bytes.has(bytes, body, EXIF)) {
            exif = Exif.orientation(bytes, body, length - 2);
        } else if (marker == APP14 && length >= 14 && Bytes.has(bytes, body, "Adobe")) {
            adobeTransform = Bytes.at(bytes, body + 11);
        }
        if (marker == COMMENT || (marker >= APP0 && marker <= APP15)) {
            return;
        }
        if (isFrame(marker)) {
            process = marker;
            height = Bytes.big16(bytes, body + 1);
            width = Bytes.big16(bytes, body + 3);
            components = Bytes.at(bytes, body + 5);
            namedRgb =
                    components == 3
                            && Bytes.at(bytes, body + 6) == 'R'
                            && Bytes.at(bytes, body + 9) == 'G'
                            && Bytes.at(bytes, body + 12) == 'B';
        }
        tables.write(bytes, at, 2 + length);
    }

    static boolean isFrame(int marker) {
        boolean table = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
        return marker >= 0xc0 && marker <= 0xcf && !table;
    }

    /** Whether scans of a frame with this marker may refine each other. */
    static boolean isProgressive(int marker) {
        return (marker & 3) == 2;
    }

    private StrippedFile bare(int scan) throws IOException {
        budget.pixels(width, height);
        JpegScans scans = JpegScans.from(bytes, scan, bytes.length);
        if (components == 4) {
            budget.work(
                    "CMYK JPEG of %dx%d pixels".formatted(width, height),
                    WORK_OF_INKS * width * height);
        }
        if (components != 1 && components != 3 && components != 4) {
            throw new IIOException("%d components (expected: 1, 3 or 4)".formatted(components));
        }
        ByteArrayOutputStream lead = new ByteArrayOutputStream();
        lead.write(bytes, 0, 2);
        if (components == 3) {
            lead.writeBytes(isRgb() ? ADOBE_RGB : JFIF);
        }
        JpegCoded coded =
                new JpegCoded(
                        lead.toByteArray(),
                        tables.toByteArray(),
                        bytes,
                        scan,
                        scans,
                        width,
                        height,
                        process);
        int orientation = Math.max(Orientation.UPRIGHT, exif);
        return components == 4
                ? new CmykJpeg(coded.oneScan(budget), orientation, adobeTransform == YCCK)
                : new JpegPicture(coded, isRgb(), orientation);
    }

    /** Decides in libjpeg's order: JFIF, then Adobe, then the component identifiers. */
    private boolean isRgb() {
        if (stated != null) {
            return stated;
        }
        if (jfif) {
            return false;
        }
        return adobeTransform == NO_ADOBE ? namedRgb : adobeTransform == RGB;
    }
}
