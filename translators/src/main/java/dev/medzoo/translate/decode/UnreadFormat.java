package dev.medzoo.translate.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Unsupported formats that people send, recognised by their first bytes to name them in the error.
 */
final class UnreadFormat {
    private static final int LOOKED_AT = 1024;

    /** First characters of supported formats encoded in base64. */
    private static final String[] BASE64_STARTS = {
        "/9j/", "iVBORw0KGgo", "R0lGOD", "UklGR", "SUkqA", "TU0AK", "Qk"
    };

    private static final int LEAST_BASE64 = 16;

    private static final List<UnreadFormat> ALL =
            List.of(
                    new UnreadFormat(
                            "HEIC",
                            bytes ->
                                    isBrand(
                                            bytes, "heic", "heix", "hevc", "hevx", "heim", "heis",
                                            "mif1", "msf1")),
                    new UnreadFormat("AVIF", bytes -> isBrand(bytes, "avif", "avis")),
                    new UnreadFormat("Canon's CR3", bytes -> isBrand(bytes, "crx ")),
                    new UnreadFormat(
                            "a film (MP4 or QuickTime)", bytes -> Bytes.has(bytes, 4, "ftyp")),
                    new UnreadFormat(
                            "JPEG 2000",
                            bytes ->
                                    Bytes.has(bytes, 4, "jP  ")
                                            || Bytes.has(bytes, 0, "\u00ffO\u00ffQ")),
                    new UnreadFormat(
                            "JPEG XL",
                            bytes ->
                                    Bytes.has(bytes, 0, "\u00ff\n") || Bytes.has(bytes, 4, "JXL ")),
                    new UnreadFormat(
                            "BigTIFF",
                            bytes -> Bytes.has(bytes, 0, "II+\0") || Bytes.has(bytes, 0, "MM\0+")),
                    new UnreadFormat("DICOM without its preamble", UnreadFormat::isBareDicom),
                    new UnreadFormat(
                            "NIfTI",
                            bytes ->
                                    Bytes.has(bytes, 344, "n+1\0")
                                            || Bytes.has(bytes, 344, "ni1\0")),
                    new UnreadFormat("PDF", bytes -> Bytes.has(bytes, 0, "%PDF-")),
                    new UnreadFormat("PostScript", bytes -> Bytes.has(bytes, 0, "%!PS")),
                    new UnreadFormat("Photoshop", bytes -> Bytes.has(bytes, 0, "8BPS")),
                    new UnreadFormat("ICO", bytes -> Bytes.has(bytes, 0, "\0\0\1\0")),
                    new UnreadFormat("PPM, PGM or PBM", UnreadFormat::isPnm),
                    new UnreadFormat("gzip", bytes -> Bytes.has(bytes, 0, "\u001f\u008b")),
                    new UnreadFormat("ZIP", bytes -> Bytes.has(bytes, 0, "PK\3\4")),
                    new UnreadFormat(
                            "SVG",
                            bytes ->
                                    isText(bytes, "<svg")
                                            || (isText(bytes, "<?xml") && contains(bytes, "<svg"))),
                    new UnreadFormat(
                            "HTML",
                            bytes -> isText(bytes, "<!doctype html") || isText(bytes, "<html")),
                    new UnreadFormat("JSON", bytes -> isText(bytes, "{") || isText(bytes, "[")),
                    new UnreadFormat("a data: address", bytes -> isText(bytes, "data:")),
                    new UnreadFormat("base64 text", UnreadFormat::isBase64));

    private final String label;
    private final Predicate<byte[]> begins;

    private UnreadFormat(String label, Predicate<byte[]> begins) {
        this.label = label;
        this.begins = begins;
    }

    /** Recognises an unsupported format. */
    static Optional<UnreadFormat> of(byte[] bytes) {
        return ALL.stream().filter(each -> each.begins.test(bytes)).findFirst();
    }

    private static boolean isBrand(byte[] bytes, String... brands) {
        return Bytes.has(bytes, 4, "ftyp")
                && Arrays.stream(brands).anyMatch(brand -> Bytes.has(bytes, 8, brand));
    }

    /**
     * DICOM without its preamble: a first tag of group 2 or 8, then a VR of two capital letters.
     */
    private static boolean isBareDicom(byte[] bytes) {
        boolean isGroup = Bytes.has(bytes, 0, "\2\0") || Bytes.has(bytes, 0, "\b\0");
        return isGroup
                && bytes.length > 8
                && bytes[3] == 0
                && Character.isUpperCase(bytes[4])
                && Character.isUpperCase(bytes[5]);
    }

    private static boolean isPnm(byte[] bytes) {
        return bytes.length > 3
                && bytes[0] == 'P'
                && bytes[1] >= '1'
                && bytes[1] <= '7'
                && Character.isWhitespace(bytes[2]);
    }

    private static String text(byte[] bytes) {
        int length = Math.min(LOOKED_AT, bytes.length);
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        String plain = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
        return plain.stripLeading();
    }

    private static boolean isText(byte[] bytes, String start) {
        return text(bytes).toLowerCase(Locale.ROOT).startsWith(start);
    }

    private static boolean contains(byte[] bytes, String part) {
        return text(bytes).toLowerCase(Locale.ROOT).contains(part);
    }

    private static boolean isBase64(byte[] bytes) {
        String text = text(bytes);
        return text.length() >= LEAST_BASE64
                && Arrays.stream(BASE64_STARTS).anyMatch(text::startsWith)
                && text.chars()
                        .allMatch(
                                c ->
                                        (Character.isLetterOrDigit(c) && c < 128)
                                                || "+/=-_\r\n \t".indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return label;
    }
}
