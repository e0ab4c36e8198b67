package dev.medzoo.translate.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Headers that claim a size, with no pixels behind them. */
final class HandMade {
    private HandMade() {}

    static byte[] png(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12 + 12);
        png.put(latin1("\u0089PNG\r\n\u001a\n"));
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", new byte[0]);
        chunk(png, "IEND", new byte[0]);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String name, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(latin1(name));
        crc.update(body);
        png.putInt(body.length).put(latin1(name)).put(body).putInt((int) crc.getValue());
    }

    /** Two colours; its data are a clear code and an end code. */
    static byte[] gif(int width, int height) {
        ByteBuffer gif = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        gif.put(latin1("GIF89a")).putShort((short) width).putShort((short) height);
        gif.put((byte) 0x80).putShort((short) 0).put(new byte[6]);
        gif.put((byte) ',').putInt(0).putShort((short) width).putShort((short) height);
        // 2 bits a colour, so 3 bits a code: 4 clears, 5 ends.
        gif.put(new byte[] {0, 2, 1, 4 | (5 << 3), 0});
        return gif.array();
    }

    static byte[] bmp(int width, int height) {
        ByteBuffer bmp = ByteBuffer.allocate(54).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(latin1("BM")).putInt(54).putInt(0).putInt(54);
        bmp.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
        return bmp.array();
    }

    /** Grey, one square tile that is larger than the square picture. */
    static byte[] tiledTiff(int side, int tileSide) {
        int[][] tags = {
            {256, side},
            {257, side},
            {258, 8},
            {259, 1},
            {262, 1},
            {277, 1},
            {322, tileSide},
            {323, tileSide},
            {324, 8},
            {325, 1}
        };
        ByteBuffer tiff =
                ByteBuffer.allocate(8 + 2 + 12 * tags.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(latin1("II*\0")).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            tiff.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
        }
        return tiff.array();
    }

    /** Grey, 4 by 5, not compressed, in strips of two rows; row i is of the number 10 i. */
    static byte[] strippedTiff(int lastBytes) {
        int[][] tags = {
            {256, 1, 4},
            {257, 1, 5},
            {258, 1, 8},
            {259, 1, 1},
            {262, 1, 1},
            {273, 3, 200},
            {277, 1, 1},
            {278, 1, 2},
            {279, 3, 212}
        };
        ByteBuffer tiff = ByteBuffer.allocate(244).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(latin1("II*\0")).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            tiff.putShort((short) tag[0]).putShort((short) 4).putInt(tag[1]).putInt(tag[2]);
        }
        tiff.position(200).putInt(224).putInt(232).putInt(240).putInt(8).putInt(8);
        tiff.putInt(lastBytes);
        for (int i = 0; i < 20; i++) {
            tiff.put((byte) (i / 4 * 10));
        }
        return tiff.array();
    }

    /** A progressive JPEG of grey that claims a size and so many scans, with nothing in them. */
    static byte[] jpeg(int width, int height, int scans) {
        ByteBuffer jpeg = ByteBuffer.allocate(2 + 13 + 10 * scans + 2);
        jpeg.putShort((short) 0xffd8);
        jpeg.putShort((short) 0xffc2).putShort((short) 11).put((byte) 8);
        jpeg.putShort((short) height).putShort((short) width);
        jpeg.put(new byte[] {1, 1, 0x11, 0});
        for (int i = 0; i < scans; i++) {
            jpeg.putShort((short) 0xffda).putShort((short) 8);
            jpeg.put(new byte[] {1, 1, 0, 0, 0, 0});
        }
        return jpeg.putShort((short) 0xffd9).array();
    }

    /**
     * A progressive JPEG of grey, whose codes are made so that zeros are blocks without a
     * coefficient. The first scan is of the first coefficients, all others of the rest.
     */
    static byte[] progressive(int width, int height, int scans) {
        int blocks = (width + 7) / 8 * ((height + 7) / 8);
        int zeros = blocks * 15 / 16_384 / 8 + 8;
        ByteBuffer jpeg = ByteBuffer.allocate(200 + blocks / 8 + scans * (10 + zeros));
        jpeg.putShort((short) 0xffd8).putShort((short) 0xffdb).putShort((short) 67).put((byte) 0);
        for (int i = 0; i < 64; i++) {
            jpeg.put((byte) 16);
        }
        for (int table = 0; table <= 0x10; table += 0x10) {
            jpeg.putShort((short) 0xffc4).putShort((short) 20).put((byte) table).put((byte) 1);
            jpeg.put(new byte[15]).put((byte) (table == 0 ? 0 : 0xe0));
        }
        jpeg.putShort((short) 0xffc2).putShort((short) 11).put((byte) 8);
        jpeg.putShort((short) height).putShort((short) width).put(new byte[] {1, 1, 0x11, 0});
        for (int i = 0; i < scans; i++) {
            jpeg.putShort((short) 0xffda).putShort((short) 8).put(new byte[] {1, 1, 0});
            jpeg.put(i == 0 ? new byte[] {0, 0, 0} : new byte[] {1, 63, 0});
            jpeg.put(new byte[i == 0 ? blocks / 8 + 1 : zeros]);
        }
        jpeg.putShort((short) 0xffd9);
        return Arrays.copyOf(jpeg.array(), jpeg.position());
    }

    /** A file of one chunk of lossless WebP; what follows the header is zeros. */
    static byte[] lossless(int width, int height, long bits, int zeros) {
        ByteBuffer webp = ByteBuffer.allocate(20 + 5 + 8 + zeros).order(ByteOrder.LITTLE_ENDIAN);
        webp.put(latin1("RIFF")).putInt(webp.capacity() - 8).put(latin1("WEBPVP8L"));
        webp.putInt(5 + 8 + zeros).put((byte) 0x2f).putInt((height - 1) << 14 | (width - 1));
        return webp.putLong(bits).array();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
