package dev.medzoo.benchmarks.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures as a camera takes them: soft shades, and noise over them. Drawn by code. */
final class HonestPictures {
    /** The name here of a TIFF that is not compressed. */
    static final String PLAIN = "None";

    private static final int SHADE = 64;

    private HonestPictures() {}

    static BufferedImage drawn(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        Random random = new Random(1);
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int noise = (int) (6 * random.nextGaussian());
                bgr[at++] = shade(x, y, 90, noise);
                bgr[at++] = shade(y, x, 130, noise);
                bgr[at++] = shade(x + y, x, 170, noise);
            }
        }
        return image;
    }

    private static byte shade(int x, int y, int level, int noise) {
        double wave = Math.sin((double) x / SHADE) * Math.cos((double) y / SHADE);
        return (byte) Math.max(0, Math.min(255, level + (int) (40 * wave) + noise));
    }

    static byte[] jpeg(BufferedImage image, boolean isProgressive) throws IOException {
        ImageWriter writer = writer("jpeg");
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0.95f);
        param.setProgressiveMode(
                isProgressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        return write(writer, image, param);
    }

    static byte[] tiff(BufferedImage image, String compression) throws IOException {
        ImageWriter writer = writer("tiff");
        ImageWriteParam param = writer.getDefaultWriteParam();
        if (compression.equals(PLAIN)) {
            param.setCompressionMode(ImageWriteParam.MODE_DISABLED);
        } else {
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType(compression);
        }
        return write(writer, image, param);
    }

    /** Java's own, as a plug-in's may come first and name its compressions otherwise. */
    private static ImageWriter writer(String format) {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getModule() == ImageIO.class.getModule()) {
                return writer;
            }
        }
        throw new IllegalStateException("writer: none of " + format + " (expected: Java's own)");
    }

    /** A small one of each format and compression that this Java writes. */
    static Map<String, byte[]> ofEachKind(int side) throws IOException {
        BufferedImage drawn = drawn(side, side);
        BufferedImage bits = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        bits.createGraphics().drawImage(drawn, 0, 0, null);
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("JPEG", jpeg(drawn, false));
        all.put("progressive JPEG", jpeg(drawn, true));
        for (String format : List.of("png", "bmp", "gif")) {
            all.put(format, of(drawn, format));
        }
        for (String compression : List.of(PLAIN, "LZW", "ZLib", "Deflate", "PackBits", "JPEG")) {
            all.put("TIFF " + compression, tiff(drawn, compression));
        }
        for (String fax : List.of("CCITT RLE", "CCITT T.4", "CCITT T.6")) {
            all.put("TIFF " + fax, tiff(bits, fax));
        }
        return all;
    }

    static byte[] of(BufferedImage image, String format) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        return write(writer, image, writer.getDefaultWriteParam());
    }

    private static byte[] write(ImageWriter writer, BufferedImage image, ImageWriteParam param)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
