package dev.medzoo.translate.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.Deflater;

/** A DICOM file put together element by element, each of which may lie about its length. */
final class MadeDicom {
    static final String EXPLICIT = "1.2.840.10008.1.2.1";
    static final String DEFLATED = "1.2.840.10008.1.2.1.99";
    static final String RLE = "1.2.840.10008.1.2.5";
    static final long UNDEFINED = 0xffffffffL;
    static final int ITEM = 0xfffee000;
    static final int ITEM_END = 0xfffee00d;
    static final int SEQUENCE_END = 0xfffee0dd;
    static final int PIXEL_DATA = 0x7fe00010;

    /** The side of the picture, in pixels. */
    static final int SIDE = 4;

    private static final Set<String> LONG = Set.of("OB", "OW", "SQ", "UN");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The head of a file: preamble, magic, and the transfer syntax. */
    static MadeDicom file(String syntax) {
        MadeDicom file = new MadeDicom();
        file.out.writeBytes(new byte[128]);
        file.out.writeBytes("DICM".getBytes(StandardCharsets.ISO_8859_1));
        return file.element(0x00020010, "UI", text(syntax));
    }

    /** What grey pixels of 8 bits need to be said before them. */
    MadeDicom grey() {
        return number(0x00280002, 1)
                .element(0x00280004, "CS", text("MONOCHROME2 "))
                .number(0x00280010, SIDE)
                .number(0x00280011, SIDE)
                .number(0x00280100, 8)
                .number(0x00280101, 8)
                .number(0x00280102, 7);
    }

    /** The pixels, which are all black. */
    MadeDicom pixels() {
        return element(PIXEL_DATA, "OW", new byte[SIDE * SIDE]);
    }

    MadeDicom number(int tag, int value) {
        return element(tag, "US", new byte[] {(byte) value, (byte) (value >> 8)});
    }

    MadeDicom element(int tag, String representation, byte[] value) {
        header(tag, representation, value.length);
        out.writeBytes(value);
        return this;
    }

    /** The head of an element, whatever follows it. */
    MadeDicom header(int tag, String representation, long length) {
        ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) (tag >>> 16)).putShort((short) tag);
        if (!representation.isEmpty()) {
            head.put(text(representation));
        }
        if (LONG.contains(representation)) {
            head.putShort((short) 0);
        }
        boolean isShort = !representation.isEmpty() && !LONG.contains(representation);
        if (isShort) {
            head.putShort((short) length);
        } else {
            head.putInt((int) length);
        }
        out.write(head.array(), 0, head.position());
        return this;
    }

    /** An item, or the end of one or of a sequence. */
    MadeDicom item(int tag, long length) {
        return header(tag, "", length);
    }

    /** The elements of another one behind those of this, deflated. */
    MadeDicom deflated(MadeDicom other) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(other.bytes());
        deflater.finish();
        byte[] part = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        String even = text.length() % 2 == 0 ? text : text + '\0';
        return even.getBytes(StandardCharsets.ISO_8859_1);
    }
}
