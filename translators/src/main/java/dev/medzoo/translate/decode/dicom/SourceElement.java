package dev.medzoo.translate.decode.dicom;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Elements copied from a picture into an object derived from it: patient, study and character set
 * (PS3.3 C.7.1.1, C.7.2.1, C.12.1).
 */
public enum SourceElement {
    SPECIFIC_CHARACTER_SET(0x00080005, "CS", false),
    STUDY_DATE(0x00080020, "DA", true),
    STUDY_TIME(0x00080030, "TM", true),
    ACCESSION_NUMBER(0x00080050, "SH", true),
    REFERRING_PHYSICIAN_NAME(0x00080090, "PN", true),
    TIMEZONE_OFFSET(0x00080201, "SH", false),
    STUDY_DESCRIPTION(0x00081030, "LO", false),
    PATIENT_NAME(0x00100010, "PN", true),
    PATIENT_ID(0x00100020, "LO", true),
    ISSUER_OF_PATIENT_ID(0x00100021, "LO", false),
    TYPE_OF_PATIENT_ID(0x00100022, "CS", false),
    PATIENT_BIRTH_DATE(0x00100030, "DA", true),
    PATIENT_BIRTH_TIME(0x00100032, "TM", false),
    PATIENT_SEX(0x00100040, "CS", true),
    OTHER_PATIENT_IDS(0x00101000, "LO", false),
    OTHER_PATIENT_NAMES(0x00101001, "PN", false),
    ETHNIC_GROUP(0x00102160, "SH", false),
    PATIENT_SPECIES(0x00102201, "LO", false),
    PATIENT_SEX_NEUTERED(0x00102203, "CS", false),
    PATIENT_BREED(0x00102292, "LO", false),
    RESPONSIBLE_PERSON(0x00102297, "PN", false),
    RESPONSIBLE_PERSON_ROLE(0x00102298, "CS", false),
    RESPONSIBLE_ORGANIZATION(0x00102299, "LO", false),
    PATIENT_IDENTITY_REMOVED(0x00120062, "CS", false),
    DEIDENTIFICATION_METHOD(0x00120063, "LO", false),
    STUDY_ID(0x00200010, "SH", true);

    static final Set<Integer> TAGS =
            Arrays.stream(values()).map(SourceElement::tag).collect(Collectors.toUnmodifiableSet());

    private final int tag;
    private final String representation;
    private final boolean isAlwaysThere;

    SourceElement(int tag, String representation, boolean isAlwaysThere) {
        this.tag = tag;
        this.representation = representation;
        this.isAlwaysThere = isAlwaysThere;
    }

    /** The tag: group in the high half, element in the low half. */
    public int tag() {
        return tag;
    }

    /** The VR, two letters. */
    public String representation() {
        return representation;
    }

    /** Whether an object has the element even if it is empty (type 2). */
    public boolean isAlwaysThere() {
        return isAlwaysThere;
    }
}
