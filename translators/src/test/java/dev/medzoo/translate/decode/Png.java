package dev.medzoo.translate.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Puts a PNG together, chunk by chunk. */
final class Png {
    private final ByteArrayOutputStream png = new ByteArrayOutputStream();

    Png(int width, int height, int depth, int colour) {
        this(width, height, depth, colour, false);
    }

    private Png(int width, int height, int depth, int colour, boolean isInterlaced) {
        png.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) depth).put((byte) colour).put(12, (byte) (isInterlaced ? 1 : 0));
        chunk("IHDR", header.array());
    }

    /** In seven passes. */
    static Png interlaced(int width, int height, int depth, int colour) {
        return new Png(width, height, depth, colour, true);
    }

    /** One that is there already, but for its end. */
    Png(byte[] whole) {
        png.write(whole, 0, whole.length - 12);
    }

    Png chunk(String name, byte[] body) {
        byte[] named = ByteBuffer.allocate(4 + body.length).put(latin1(name)).put(body).array();
        CRC32 crc = new CRC32();
        crc.update(named);
        ByteBuffer chunk = ByteBuffer.allocate(named.length + 8).putInt(body.length).put(named);
        png.writeBytes(chunk.putInt((int) crc.getValue()).array());
        return this;
    }

    /** The rows, each with its filter before it. */
    byte[] rows(byte[] rows) {
        return chunk("IDAT", packed(rows)).end();
    }

    byte[] end() {
        return chunk("IEND", new byte[0]).png.toByteArray();
    }

    static byte[] packed(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[bytes.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
