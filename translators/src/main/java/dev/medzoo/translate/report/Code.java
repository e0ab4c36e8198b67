package dev.medzoo.translate.report;

import java.nio.charset.StandardCharsets;

/**
 * A concept of a coding scheme (PS3.3 section 8.8).
 *
 * @param value in the scheme
 * @param scheme its designator
 * @param meaning for a reader
 */
record Code(String value, String scheme, String meaning) {
    /** Of the standard itself (PS3.16 annex D). */
    static final String DCM = "DCM";

    /** SNOMED CT. */
    static final String SCT = "SCT";

    /** What no public scheme has a word for. */
    static final String MEDZOO = "99MEDZOO";

    /** The labels of models, which are those of the data that they learnt from. */
    static final String LABELS = "99MEDZOO_LABEL";

    static final Code YES = new Code("373066001", SCT, "Yes");
    static final Code NO = new Code("373067005", SCT, "No");
    static final Code UNKNOWN = new Code("261665006", SCT, "Unknown");
    static final Code UNDETERMINED = new Code("373068000", SCT, "Undetermined");
    static final Code FINDING = dcm("121071", "Finding");
    static final Code PROBABILITY = dcm("122157", "Probability");
    static final Code COMMENT = dcm("121106", "Comment");

    private static final int CODE_VALUE = 0x00080100;
    private static final int SCHEME = 0x00080102;
    private static final int MEANING = 0x00080104;
    private static final int LONG_CODE_VALUE = 0x00080119;

    /** Of a code value (SH); longer ones are long code values (UC). */
    private static final int MOST_SHORT = 16;

    /** Of a meaning (LO): characters, of which some readers count the bytes. */
    private static final int MOST_MEANING = 64;

    static Code dcm(String value, String meaning) {
        return new Code(value, DCM, meaning);
    }

    static Code medzoo(String value, String meaning) {
        return new Code(value, MEDZOO, meaning);
    }

    /** A label of a model. */
    static Code label(String label) {
        return new Code(escaped(label), LABELS, label);
    }

    /** The item of a sequence that says it. */
    Attributes item() {
        boolean isShort = value.length() <= MOST_SHORT;
        return new Attributes()
                .text(isShort ? CODE_VALUE : LONG_CODE_VALUE, isShort ? "SH" : "UC", value)
                .text(SCHEME, "SH", scheme)
                .text(MEANING, "LO", shortened(meaning));
    }

    private static String shortened(String meaning) {
        int end = meaning.length();
        while (meaning.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MOST_MEANING) {
            end = meaning.offsetByCodePoints(end, -1);
        }
        return meaning.substring(0, end);
    }

    /** Two labels stay two, whatever characters the object is written in. */
    private static String escaped(String label) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : label.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = each >= ' ' && each < 0x7f && each != '\\' && each != '%';
            escaped.append(isPlain ? String.valueOf((char) each) : "%%%02X".formatted(each));
        }
        return escaped.toString();
    }
}
