package dev.medzoo.translate.decode.dicom;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The supported transfer syntaxes (PS3.5 annex A; UIDs in PS3.6 annex A). */
enum TransferSyntax {
    IMPLICIT("1.2.840.10008.1.2", "implicit little endian"),
    EXPLICIT("1.2.840.10008.1.2.1", "explicit little endian"),
    ENCAPSULATED("1.2.840.10008.1.2.1.98", "encapsulated uncompressed"),
    DEFLATED("1.2.840.10008.1.2.1.99", "deflated explicit little endian"),
    JPEG_BASELINE("1.2.840.10008.1.2.4.50", "JPEG baseline"),
    JPEG_EXTENDED("1.2.840.10008.1.2.4.51", "JPEG extended"),
    JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", "JPEG lossless"),
    JPEG_LOSSLESS_SV1("1.2.840.10008.1.2.4.70", "JPEG lossless SV1"),
    JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", "JPEG 2000 lossless"),
    JPEG_2000("1.2.840.10008.1.2.4.91", "JPEG 2000"),
    RLE("1.2.840.10008.1.2.5", "RLE");

    /** Unsupported ones found in archives, keyed by the part after {@code 1.2.840.10008.1.2.} */
    private static final Map<String, String> UNREAD =
            Map.ofEntries(
                    Map.entry("2", "explicit big endian"),
                    Map.entry("4.80", "JPEG-LS lossless"),
                    Map.entry("4.81", "JPEG-LS"),
                    Map.entry("4.92", "JPEG 2000 part 2 lossless"),
                    Map.entry("4.93", "JPEG 2000 part 2"),
                    Map.entry("4.94", "JPIP"),
                    Map.entry("4.95", "JPIP deflated"),
                    Map.entry("4.100", "MPEG-2"),
                    Map.entry("4.101", "MPEG-2"),
                    Map.entry("4.102", "MPEG-4"),
                    Map.entry("4.103", "MPEG-4"),
                    Map.entry("4.104", "MPEG-4"),
                    Map.entry("4.105", "MPEG-4"),
                    Map.entry("4.106", "MPEG-4"),
                    Map.entry("4.107", "HEVC"),
                    Map.entry("4.108", "HEVC"),
                    Map.entry("4.110", "JPEG XL lossless"),
                    Map.entry("4.111", "JPEG XL of a JPEG"),
                    Map.entry("4.112", "JPEG XL"),
                    Map.entry("4.201", "high-throughput JPEG 2000 lossless"),
                    Map.entry("4.202", "high-throughput JPEG 2000 lossless"),
                    Map.entry("4.203", "high-throughput JPEG 2000"),
                    Map.entry("8.1", "deflated frames"));

    private static final String ROOT = "1.2.840.10008.1.2.";

    private static final Pattern STANDARD = Pattern.compile(Pattern.quote(ROOT) + "[0-9.]{1,8}");

    private final String uid;
    private final String label;

    TransferSyntax(String uid, String label) {
        this.uid = uid;
        this.label = label;
    }

    static TransferSyntax of(String uid) throws UnreadDicomException {
        for (TransferSyntax syntax : values()) {
            if (syntax.uid.equals(uid)) {
                return syntax;
            }
        }
        String name = uid.startsWith(ROOT) ? UNREAD.get(uid.substring(ROOT.length())) : null;
        // Any other text is not repeated: it may identify the patient.
        boolean isStandard = STANDARD.matcher(uid).matches();
        String seen = isStandard ? uid : "that is not one of the standard";
        throw new UnreadDicomException(
                "DICOM transfer syntax %s%s (expected: %s)"
                        .formatted(
                                seen,
                                name == null ? "" : ", " + name,
                                Arrays.stream(values())
                                        .map(each -> each.label)
                                        .collect(Collectors.joining(", "))));
    }

    /** Its unique identifier. */
    String uid() {
        return uid;
    }

    boolean isExplicit() {
        return this != IMPLICIT;
    }

    boolean isDeflated() {
        return this == DEFLATED;
    }

    /** Whether a frame is a JPEG whose decoder returns RGB. */
    boolean isSequentialJpeg() {
        return this == JPEG_BASELINE || this == JPEG_EXTENDED;
    }

    boolean isJpeg2000() {
        return this == JPEG_2000 || this == JPEG_2000_LOSSLESS;
    }

    /**
     * Whether it allows that photometric interpretation (PS3.5 section 8.2): no palette indices
     * with lossy compression; subsampled chroma only where the codec subsamples or the data are
     * native.
     */
    boolean allows(Photometric photometric) {
        return switch (photometric) {
            case PALETTE -> !isSequentialJpeg();
            case YBR_FULL_422 -> isSequentialJpeg() || !(isCodestream() || this == RLE);
            case YBR_ICT, YBR_RCT -> isJpeg2000();
            default -> true;
        };
    }

    /** Whether samples are coded as numbers, so that there are no bits above them. */
    boolean isCodestream() {
        return isSequentialJpeg()
                || isJpeg2000()
                || this == JPEG_LOSSLESS
                || this == JPEG_LOSSLESS_SV1;
    }

    /** Whether pixel data are encapsulated in fragments. */
    boolean isEncapsulated() {
        return this != IMPLICIT && this != EXPLICIT && this != DEFLATED;
    }

    @Override
    public String toString() {
        return label;
    }
}
