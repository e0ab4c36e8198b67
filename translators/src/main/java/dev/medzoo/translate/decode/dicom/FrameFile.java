package dev.medzoo.translate.decode.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A Part-10 file of one frame in explicit little endian: what its pixels need and nothing else, so
 * nothing about the patient.
 */
final class FrameFile {
    private static final int PREAMBLE_BYTES = 128;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private FrameFile() {}

    /**
     * Puts the file together.
     *
     * @param tile its bytes, of all its fragments together
     */
    static byte[] of(ImagePixel pixel, TransferSyntax syntax, byte[] tile) {
        FrameFile out = new FrameFile();
        boolean isEncapsulated = syntax.isEncapsulated();
        out.start(isEncapsulated ? syntax : TransferSyntax.EXPLICIT);
        out.number(Tag.SAMPLES_PER_PIXEL, pixel.photometric().samples());
        out.text(Tag.PHOTOMETRIC_INTERPRETATION, "CS", pixel.photometric().toString());
        out.number(Tag.PLANAR_CONFIGURATION, pixel.isPlanar() ? 1 : 0);
        out.number(Tag.ROWS, pixel.rows());
        out.number(Tag.COLUMNS, pixel.columns());
        out.number(Tag.BITS_ALLOCATED, pixel.bitsAllocated());
        out.number(Tag.BITS_STORED, pixel.bitsStored());
        out.number(Tag.HIGH_BIT, pixel.highBit());
        out.number(Tag.PIXEL_REPRESENTATION, pixel.isSigned() ? 1 : 0);
        if (isEncapsulated) {
            out.header(Tag.PIXEL_DATA, "OB", Element.UNDEFINED);
            out.item(Tag.ITEM, new byte[0]);
            out.item(Tag.ITEM, tile);
            out.item(Tag.SEQUENCE_END, new byte[0]);
        } else {
            out.header(Tag.PIXEL_DATA, "OB", tile.length + (tile.length & 1));
            out.padded(tile, 0);
        }
        return out.bytes();
    }

    private void start(TransferSyntax syntax) {
        out.writeBytes(new byte[PREAMBLE_BYTES]);
        out.writeBytes("DICM".getBytes(StandardCharsets.ISO_8859_1));
        text(Tag.TRANSFER_SYNTAX, "UI", syntax.uid());
    }

    private void number(int tag, int value) {
        header(tag, "US", 2);
        out.write(value);
        out.write(value >> 8);
    }

    private void text(int tag, String representation, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        header(tag, representation, bytes.length + (bytes.length & 1));
        padded(bytes, representation.equals("UI") ? 0 : ' ');
    }

    private void header(int tag, String representation, long length) {
        boolean isLong = representation.equals("OB");
        ByteBuffer head = ByteBuffer.allocate(isLong ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) (tag >>> 16)).putShort((short) tag);
        head.put(representation.getBytes(StandardCharsets.ISO_8859_1));
        if (isLong) {
            head.putShort((short) 0).putInt((int) length);
        } else {
            head.putShort((short) length);
        }
        out.writeBytes(head.array());
    }

    private void item(int tag, byte[] value) {
        ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) (tag >>> 16)).putShort((short) tag);
        head.putInt(value.length + (value.length & 1));
        out.writeBytes(head.array());
        padded(value, 0);
    }

    /** Values have an even length. */
    private void padded(byte[] value, int filler) {
        out.writeBytes(value);
        if (value.length % 2 != 0) {
            out.write(filler);
        }
    }

    private byte[] bytes() {
        return out.toByteArray();
    }
}
