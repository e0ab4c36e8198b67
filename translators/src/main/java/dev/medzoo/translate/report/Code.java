package dev.medzoo.translate.report;

import java.nio.charset.StandardCharsets;

/**
 * A concept of a coding scheme (PS3.3 section 8.8).
 *
 * @param value code value in the scheme
 * @param scheme its designator
 * @param meaning code meaning for people
 */
record Code(String value, String scheme, String meaning) {
    /** Scheme of the standard itself (PS3.16 annex D). */
    static final String DCM = "DCM";

    /** SNOMED CT. */
    static final String SCT = "SCT";

    /** Private scheme for concepts that no public scheme has. */
    static final String MEDZOO = "99MEDZOO";

    /** Private scheme of models' labels, which are those of their training data. */
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

    /** Longest code value (SH); longer ones are long code values (UC). */
    private static final int MOST_SHORT = 16;

    /** Longest code meaning (LO) in characters, which some readers count in bytes. */
    private static final int MOST_MEANING = 64;

    static Code dcm(String value, String meaning) {
        return new Code(value, DCM, meaning);
    }

    static Code medzoo(String value, String meaning) {
        return new Code(value, MEDZOO, meaning);
    }

    /** Returns the code of a model's label. */
    static Code label(String label) {
        return new Code(escaped(label), LABELS, label);
    }

    /** The sequence item that holds it. */
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

    /** Escapes a label, so that two labels stay distinct in any character set. */
    private static String escaped(String label) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : label.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = each >= ' ' && each < 0x7f && each != '\\' && each != '%';
            escaped.append(isPlain ? String.valueOf((char) each) : "%%%02X".formatted(each));
        }
        return escaped.toString();
    }
}
