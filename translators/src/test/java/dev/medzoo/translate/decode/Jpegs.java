package dev.medzoo.translate.decode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.Element;

/** Writes JPEGs of the kinds that cameras and programs do. */
final class Jpegs {
    private static final String FORMAT = "javax_imageio_jpeg_image_1.0";

    private float quality = 0.9f;
    private int across = 2;
    private int down = 2;
    private int restartInterval;
    private boolean isProgressive;
    private boolean isOptimised;

    Jpegs quality(double share) {
        quality = (float) share;
        return this;
    }

    /** The finer colour's sampling factors. */
    Jpegs sampling(int horizontally, int vertically) {
        across = horizontally;
        down = vertically;
        return this;
    }

    Jpegs restartInterval(int mcus) {
        restartInterval = mcus;
        return this;
    }

    Jpegs progressive() {
        isProgressive = true;
        return this;
    }

    /** With Huffman codes made for the picture. */
    Jpegs optimised() {
        isOptimised = true;
        return this;
    }

    byte[] write(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
        if (isProgressive) {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        if (isOptimised) {
            ((JPEGImageWriteParam) param).setOptimizeHuffmanTables(true);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            if (image.getRaster().getNumBands() == 3) {
                set(metadata);
            }
            writer.write(null, new IIOImage(image, null, metadata), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private void set(IIOMetadata metadata) throws IOException {
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        Element first = (Element) root.getElementsByTagName("componentSpec").item(0);
        first.setAttribute("HsamplingFactor", String.valueOf(across));
        first.setAttribute("VsamplingFactor", String.valueOf(down));
        if (restartInterval > 0) {
            IIOMetadataNode dri = new IIOMetadataNode("dri");
            dri.setAttribute("interval", String.valueOf(restartInterval));
            Element tables = (Element) root.getElementsByTagName("markerSequence").item(0);
            tables.insertBefore(dri, tables.getFirstChild());
        }
        metadata.setFromTree(FORMAT, root);
    }

    /** The same file from a camera that was held otherwise. */
    static byte[] turned(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xffe1).putShort((short) 34);
        exif.put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1});
        exif.putShort((short) 0x112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0);
        return ByteBuffer.allocate(jpeg.length + exif.capacity())
                .put(jpeg, 0, 2)
                .put(exif.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** The same file, whose colours are said to be red, green and blue: without JFIF, by Adobe. */
    static byte[] withoutTransform(byte[] jpeg) {
        byte[] adobe = {
            (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
        };
        int jfif = 2 + 18;
        return ByteBuffer.allocate(jpeg.length - 18 + adobe.length)
                .put(jpeg, 0, 2)
                .put(adobe)
                .put(jpeg, jfif, jpeg.length - jfif)
                .array();
    }
}
