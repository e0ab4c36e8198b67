package dev.medzoo.translate.report;

import java.util.List;
import java.util.Locale;

/** Builds the content items of a report's tree (SR Document Content Module, PS3.3 C.17.3). */
final class ContentItems {
    static final String CONTAINS = "CONTAINS";
    static final String HAS_CONCEPT_MOD = "HAS CONCEPT MOD";
    static final String HAS_OBS_CONTEXT = "HAS OBS CONTEXT";

    static final int CONTENT_SEQUENCE = 0x0040a730;

    private static final int RELATIONSHIP = 0x0040a010;
    private static final int VALUE_TYPE = 0x0040a040;
    private static final int CONCEPT_NAME = 0x0040a043;
    private static final int CONTINUITY = 0x0040a050;
    private static final int TEXT_VALUE = 0x0040a160;
    private static final int CODE_SEQUENCE = 0x0040a168;
    private static final int UID_VALUE = 0x0040a124;
    private static final int MEASURED_VALUE = 0x0040a300;
    private static final int NUMERIC_VALUE = 0x0040a30a;
    private static final int FLOATING_VALUE = 0x0040a161;
    private static final int UNITS = 0x004008ea;

    static final Code PERCENT = new Code("%", "UCUM", "Percent");
    static final Code NO_UNITS = new Code("1", "UCUM", "no units");

    private ContentItems() {}

    /** Creates a container; its items state their own relationship types. */
    static Attributes container(Code name, List<Attributes> content) {
        return new Attributes()
                .text(VALUE_TYPE, "CS", "CONTAINER")
                .sequence(CONCEPT_NAME, name.item())
                .text(CONTINUITY, "CS", "SEPARATE")
                .sequence(CONTENT_SEQUENCE, content);
    }

    /** Creates a container that is contained in another. */
    static Attributes contained(Code name, List<Attributes> content) {
        return container(name, content).text(RELATIONSHIP, "CS", CONTAINS);
    }

    static Attributes text(String relationship, Code name, String text) {
        return item(relationship, "TEXT", name).text(TEXT_VALUE, "UT", text);
    }

    static Attributes code(String relationship, Code name, Code value) {
        return item(relationship, "CODE", name).sequence(CODE_SEQUENCE, value.item());
    }

    static Attributes uid(String relationship, Code name, String uid) {
        return item(relationship, "UIDREF", name).uid(UID_VALUE, uid);
    }

    /**
     * Creates a numeric item.
     *
     * @param content items about it
     */
    static Attributes number(Code name, double number, Code unit, Attributes... content) {
        Attributes measured =
                new Attributes()
                        .text(NUMERIC_VALUE, "DS", decimal(number))
                        .real(FLOATING_VALUE, number)
                        .sequence(UNITS, unit.item());
        Attributes item = item(CONTAINS, "NUM", name).sequence(MEASURED_VALUE, measured);
        return content.length == 0 ? item : item.sequence(CONTENT_SEQUENCE, content);
    }

    static Attributes image(Code name, Attributes reference) {
        return item(CONTAINS, "IMAGE", name).sequence(References.INSTANCES, reference);
    }

    private static Attributes item(String relationship, String type, Code name) {
        return new Attributes()
                .text(RELATIONSHIP, "CS", relationship)
                .text(VALUE_TYPE, "CS", type)
                .sequence(CONCEPT_NAME, name.item());
    }

    /** Formats a number in at most 16 characters, the limit of a decimal string (DS). */
    private static String decimal(double number) {
        boolean isPlain = Math.abs(number) < 1e6 && (number == 0 || Math.abs(number) >= 1e-4);
        return String.format(Locale.ROOT, isPlain ? "%.6f" : "%.8e", number);
    }
}
