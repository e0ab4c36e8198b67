package dev.medzoo.translate.decode.dicom;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The identifiers of a DICOM file that an object derived from it must carry: instance, series,
 * study and patient. This is the only class that reads patient data. It keeps them as raw bytes,
 * for that object alone.
 */
public final class SourceInstance {
    private static final int SOP_CLASS = 0x00080016;
    private static final int SOP_INSTANCE = 0x00080018;
    private static final int STUDY = 0x0020000d;
    private static final int SERIES = 0x0020000e;
    private static final int LOSSY = 0x00282110;

    /** More bytes than any of these elements may have. */
    private static final int MOST_BYTES = 1024;

    private static final int MOST_UID_BYTES = 64;
    private static final int MOST_FRAMES = Integer.MAX_VALUE;

    private static final Pattern UID = Pattern.compile("[0-9][0-9.]{0,63}");

    private final String sopClass;
    private final String sopInstance;
    private final String study;
    private final String series;
    private final int frames;
    private final boolean isLossy;
    private final boolean isBurnedIn;
    private final Map<SourceElement, byte[]> elements = new EnumMap<>(SourceElement.class);

    private SourceInstance(DataSet set) throws IOException {
        sopClass = uid(set, SOP_CLASS, "SOP class UID (0008,0016)");
        sopInstance = uid(set, SOP_INSTANCE, "SOP instance UID (0008,0018)");
        study = uid(set, STUDY, "study instance UID (0020,000d)");
        series = uid(set, SERIES, "series instance UID (0020,000e)");
        frames = (int) Math.min(MOST_FRAMES, set.decimal(Tag.NUMBER_OF_FRAMES).orElse(1));
        isLossy = set.text(LOSSY).equals("01");
        isBurnedIn = set.text(Tag.BURNED_IN_ANNOTATION).equalsIgnoreCase("YES");
        for (SourceElement each : SourceElement.values()) {
            byte[] value = set.value(each.tag());
            if (value.length > MOST_BYTES) {
                throw new UnreadDicomException(
                        "DICOM %s of %d bytes (expected: at most %d)"
                                .formatted(Tag.text(each.tag()), value.length, MOST_BYTES));
            }
            elements.put(each, value);
        }
    }

    /**
     * Reads them from a file. No pixel is decoded.
     *
     * @param bytes of the whole file, which {@link DicomFile#begins}
     * @throws UnreadDicomException if it has no instance identifiers
     * @throws IOException if it is malformed or too costly
     */
    public static SourceInstance read(byte[] bytes, CostLimits limits) throws IOException {
        PartTen file = PartTen.of(bytes, limits);
        Set<Integer> wanted = new HashSet<>(SourceElement.TAGS);
        wanted.addAll(
                Set.of(
                        SOP_CLASS,
                        SOP_INSTANCE,
                        STUDY,
                        SERIES,
                        LOSSY,
                        Tag.NUMBER_OF_FRAMES,
                        Tag.BURNED_IN_ANNOTATION));
        return new SourceInstance(file.read(DataSetReader.of(file.bytes(), wanted, limits)));
    }

    private static String uid(DataSet set, int tag, String name) throws IOException {
        Element element = set.element(tag);
        if (element != null && element.length() > MOST_UID_BYTES) {
            throw new UnreadDicomException("DICOM with a broken " + name);
        }
        String uid = set.text(tag);
        if (!UID.matcher(uid).matches()) {
            throw new UnreadDicomException(
                    "DICOM %s %s".formatted(uid.isEmpty() ? "without" : "with a broken", name));
        }
        return uid;
    }

    /** Its SOP Class UID (0008,0016). */
    public String sopClass() {
        return sopClass;
    }

    /** Its SOP Instance UID (0008,0018). */
    public String sopInstance() {
        return sopInstance;
    }

    /** Its Study Instance UID. */
    public String study() {
        return study;
    }

    /** Its Series Instance UID. */
    public String series() {
        return series;
    }

    /** Number of frames, at least 1. */
    public int frames() {
        return Math.max(1, frames);
    }

    /** Whether its pixels were ever lossily compressed. */
    public boolean isLossy() {
        return isLossy;
    }

    /** Whether its header says that its pixels identify the patient. */
    public boolean isBurnedIn() {
        return isBurnedIn;
    }

    /** Raw value of an element; empty if absent. */
    public byte[] value(SourceElement element) {
        return elements.getOrDefault(element, new byte[0]).clone();
    }
}
