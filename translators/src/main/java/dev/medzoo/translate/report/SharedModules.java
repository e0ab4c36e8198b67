package dev.medzoo.translate.report;

import dev.medzoo.translate.decode.dicom.SourceElement;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.ModelIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Writes the modules that all objects share (patient, study, series, equipment, time) and the file
 * around them (PS3.10 section 7).
 */
final class SharedModules {
    static final String MANUFACTURER = "medzoo";

    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final String IMPLEMENTATION = Uid.named(MANUFACTURER);
    private static final String IMPLEMENTATION_NAME = "MEDZOO";
    private static final int PREAMBLE_BYTES = 128;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSS");

    /** Longest model name, version or serial number (LO). */
    private static final int MOST_CHARACTERS = 64;

    private static final String UTF_8 = "ISO_IR 192";

    private final SourceInstance source;
    private final ZonedDateTime at;
    private final boolean isPlain;

    /**
     * @param source whose patient and study they are
     * @param at when the object is made
     */
    SharedModules(SourceInstance source, Instant at) {
        this.source = source;
        this.at = at.atZone(zone(source));
        this.isPlain = isPlain(source);
    }

    /** The time zone that the source states, else this machine's. */
    private static ZoneId zone(SourceInstance source) {
        try {
            return ZoneOffset.of(text(source, SourceElement.TIMEZONE_OFFSET));
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    private static String text(SourceInstance source, SourceElement element) {
        return new String(source.value(element), StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
    }

    /** Whether all copied values are ASCII, so that the object may be written in UTF-8. */
    private static boolean isPlain(SourceInstance source) {
        for (SourceElement element : SourceElement.values()) {
            for (byte each : source.value(element)) {
                if (each < 0 || each == 0x1b) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Writes the modules of patient, study, SOP common and equipment. */
    Attributes of(String sopClass, String instanceUid, ModelIdentity model) {
        Attributes object = new Attributes();
        for (SourceElement each : SourceElement.values()) {
            byte[] value = source.value(each);
            if (value.length > 0 || each.isAlwaysThere()) {
                object.bytes(each.tag(), each.representation(), value);
            }
        }
        if (isPlain) {
            object.text(SourceElement.SPECIFIC_CHARACTER_SET.tag(), "CS", UTF_8);
        }
        object.uid(0x0020000d, source.study());
        object.uid(0x00080016, sopClass).uid(0x00080018, instanceUid);
        object.text(0x00080012, "DA", DATE.format(at)).text(0x00080013, "TM", TIME.format(at));
        object.text(0x00080070, "LO", MANUFACTURER);
        object.text(0x00081090, "LO", cut(model.name()));
        object.text(0x00181020, "LO", cut(model.version()));
        object.text(0x00181000, "LO", cut(model.digest().replaceFirst("^sha256:", "")));
        return object;
    }

    /** Writes the series: one per model, study and kind of object, with a stable UID. */
    void series(Attributes object, String modality, int number, ModelIdentity model) {
        object.text(0x00080060, "CS", modality);
        object.uid(0x0020000e, Uid.named("series", modality, source.study(), model.digest()));
        object.text(0x00200011, "IS", String.valueOf(number));
        object.text(0x0008103e, "LO", cut(model.name() + " " + model.version()));
        object.text(0x00200013, "IS", "1");
    }

    /** Writes date and time of the content. */
    void content(Attributes object) {
        object.text(0x00080023, "DA", DATE.format(at)).text(0x00080033, "TM", TIME.format(at));
    }

    static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }

    /** Encodes the whole file. */
    byte[] file(Attributes object, String sopClass, String instanceUid) {
        byte[] meta =
                new Attributes()
                        .bytes(0x00020001, "OB", new byte[] {0, 1})
                        .uid(0x00020002, sopClass)
                        .uid(0x00020003, instanceUid)
                        .uid(0x00020010, EXPLICIT)
                        .uid(0x00020012, IMPLEMENTATION)
                        .text(0x00020013, "SH", IMPLEMENTATION_NAME)
                        .encoded(StandardCharsets.US_ASCII);
        byte[] length =
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(meta.length)
                        .array();
        Charset charset = isPlain ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[PREAMBLE_BYTES]);
        file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(
                new Attributes()
                        .bytes(0x00020000, "UL", length)
                        .encoded(StandardCharsets.US_ASCII));
        file.writeBytes(meta);
        file.writeBytes(object.encoded(charset));
        return file.toByteArray();
    }
}
