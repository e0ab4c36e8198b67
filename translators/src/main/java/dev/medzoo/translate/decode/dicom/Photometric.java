package dev.medzoo.translate.decode.dicom;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The supported photometric interpretations (PS3.3 C.7.6.3.1.2). */
enum Photometric {
    MONOCHROME1("MONOCHROME1", 1),
    MONOCHROME2("MONOCHROME2", 1),
    PALETTE("PALETTE COLOR", 1),
    RGB("RGB", 3),
    YBR_FULL("YBR_FULL", 3),
    YBR_FULL_422("YBR_FULL_422", 3),
    YBR_ICT("YBR_ICT", 3),
    YBR_RCT("YBR_RCT", 3);

    private final String term;
    private final int samples;

    Photometric(String term, int samples) {
        this.term = term;
        this.samples = samples;
    }

    static Photometric of(String term) throws UnreadDicomException {
        for (Photometric each : values()) {
            if (each.term.equals(term)) {
                return each;
            }
        }
        String known =
                switch (term) {
                    case "YBR_PARTIAL_420", "YBR_PARTIAL_422", "XYB", "HSV", "ARGB", "CMYK" -> term;
                    default -> "that is not known";
                };
        throw new UnreadDicomException(
                "DICOM photometric interpretation %s (expected: %s)"
                        .formatted(
                                known,
                                Arrays.stream(values())
                                        .map(Photometric::toString)
                                        .collect(Collectors.joining(", "))));
    }

    /** Samples per pixel. */
    int samples() {
        return samples;
    }

    boolean isGrey() {
        return this == MONOCHROME1 || this == MONOCHROME2;
    }

    /** Whether it occurs only in JPEG 2000, whose decoder inverts the colour transform. */
    boolean isOfJpeg2000() {
        return this == YBR_ICT || this == YBR_RCT;
    }

    @Override
    public String toString() {
        return term;
    }
}
