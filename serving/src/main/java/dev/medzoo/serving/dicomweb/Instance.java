package dev.medzoo.serving.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One DICOM instance, as QIDO-RS lists it.
 *
 * @param study its Study Instance UID
 * @param series its Series Instance UID
 * @param uid its SOP Instance UID
 * @param sopClass its SOP Class UID; empty when unknown
 * @param manufacturer of its equipment; empty when unknown
 */
record Instance(String study, String series, String uid, String sopClass, String manufacturer) {
    private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)*");
    private static final int LONGEST_UID = 64;

    /** Presentation states, documents, reports and key objects, waveforms. */
    private static final Pattern WITHOUT_PIXELS =
            Pattern.compile("1\\.2\\.840\\.10008\\.5\\.1\\.4\\.1\\.1\\.(11|104|88|9)\\..*");

    /** Single-frame or multi-frame Secondary Capture. */
    private static final Pattern SECONDARY_CAPTURE =
            Pattern.compile("1\\.2\\.840\\.10008\\.5\\.1\\.4\\.1\\.1\\.7(\\.[0-9]+)?");

    Instance {
        check(study);
        check(series);
        check(uid);
    }

    private static void check(String uid) {
        if (!isUid(uid)) {
            // It may be anything, a name too, and is not repeated.
            throw new IllegalArgumentException(
                    "UID: %d characters (expected: 1..64 of digits and dots)"
                            .formatted(uid.length()));
        }
    }

    static boolean isUid(String text) {
        return text.length() <= LONGEST_UID && UID.matcher(text).matches();
    }

    /** Reads a match in the DICOM JSON model (PS3.18 F.2); empty when a UID is missing. */
    static Optional<Instance> of(JsonNode match) {
        String study = text(match, "0020000D");
        String series = text(match, "0020000E");
        String uid = text(match, "00080018");
        return isUid(study) && isUid(series) && isUid(uid)
                ? Optional.of(
                        new Instance(
                                study,
                                series,
                                uid,
                                text(match, "00080016"),
                                text(match, "00080070")))
                : Optional.empty();
    }

    private static String text(JsonNode match, String tag) {
        return match.path(tag).path("Value").path(0).asText("").strip();
    }

    /**
     * Whether it may be a picture to predict: its SOP class has pixels and this program did not
     * make it.
     */
    boolean isPicture() {
        return !WITHOUT_PIXELS.matcher(sopClass).matches()
                && !(SECONDARY_CAPTURE.matcher(sopClass).matches() && isOwn(manufacturer));
    }

    /** Whether this program made it. */
    static boolean isOwn(String manufacturer) {
        return manufacturer.equalsIgnoreCase("medzoo");
    }

    /** Without patient data. */
    @Override
    public String toString() {
        return "an instance";
    }
}
