package dev.medzoo.translate.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** EXIF in a PNG as ImageMagick writes it: a text chunk, in hexadecimal digits. */
final class PngRawProfile {
    private static final String KEYWORD = "Raw profile type ";

    /** The content of a JPEG segment as hexadecimal digits and line breaks. */
    private static final int MOST_CHARACTERS = 200_000;

    private PngRawProfile() {}

    /**
     * Whether a chunk holds EXIF in this form.
     *
     * @param name where the chunk's name lies, which its body follows
     */
    static boolean isExif(byte[] bytes, int name) {
        int body = name + 4;
        return (isPacked(bytes, name) || Bytes.has(bytes, name, "tEXt"))
                && (Bytes.has(bytes, body, KEYWORD + "exif\0")
                        || Bytes.has(bytes, body, KEYWORD + "APP1\0"));
    }

    private static boolean isPacked(byte[] bytes, int name) {
        return Bytes.has(bytes, name, "zTXt");
    }

    /**
     * Reads the chunk's orientation.
     *
     * @param name where the chunk's name lies, which its body follows
     * @return as {@link Exif#orientation}
     */
    static int orientation(byte[] bytes, int name, int length) {
        int end = name + 4 + length;
        int from = name + 4 + KEYWORD.length() + 5 + (isPacked(bytes, name) ? 1 : 0);
        if (from >= end) {
            return Exif.NONE;
        }
        byte[] text =
                isPacked(bytes, name)
                        ? unpacked(bytes, from, end - from)
                        : Arrays.copyOfRange(bytes, from, Math.min(end, from + MOST_CHARACTERS));
        return orientation(new String(text, StandardCharsets.ISO_8859_1));
    }

    /** Parses a name and a length, each on a line, and then digits. */
    private static int orientation(String text) {
        String[] lines = text.stripLeading().split("\n", 3);
        if (lines.length < 3) {
            return Exif.NONE;
        }
        try {
            byte[] exif = HexFormat.of().parseHex(lines[2].replaceAll("\\s", ""));
            return Exif.orientation(exif, 0, exif.length);
        } catch (IllegalArgumentException noDigits) {
            return Exif.NONE;
        }
    }

    private static byte[] unpacked(byte[] bytes, int from, int length) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, from, length);
            byte[] text = new byte[MOST_CHARACTERS];
            return Arrays.copyOf(text, inflater.inflate(text));
        } catch (DataFormatException broken) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }
}
