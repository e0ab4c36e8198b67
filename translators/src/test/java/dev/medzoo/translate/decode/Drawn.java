package dev.medzoo.translate.decode;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures for tests, drawn by code. */
public final class Drawn {
    private Drawn() {}

    /** Every sample a throw of the dice, 1 to 64 pixels each way. */
    public static RgbPicture noise(Random random) {
        int width = 1 + random.nextInt(64);
        int height = 1 + random.nextInt(64);
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return new RgbPicture(width, height, rgb);
    }

    /** A dark blot on skin. */
    public static RgbPicture blot(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(214, 168, 140));
        pen.fillRect(0, 0, width, height);
        pen.setColor(new Color(96, 52, 40));
        pen.fillOval(width / 4, height / 4, width / 2, height / 2);
        pen.dispose();
        return RgbPicture.of(image);
    }

    /** As a camera takes it: as much contrast at each scale, and grain. */
    static BufferedImage scene(int width, int height, Random random) {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR);
        Arrays.fill(bytes(image), (byte) 128);
        for (int side = 2; side / 2 < Math.max(width, height); side *= 2) {
            BufferedImage finer = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D pen = finer.createGraphics();
            pen.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            pen.drawImage(image, 0, 0, side, side, null);
            pen.dispose();
            byte[] bgr = bytes(finer);
            for (int i = 0; i < bgr.length; i++) {
                int level = (bgr[i] & 0xff) + (int) (10 * random.nextGaussian());
                bgr[i] = (byte) Math.max(0, Math.min(255, level));
            }
            image = finer;
        }
        BufferedImage scene = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        scene.createGraphics().drawImage(image, 0, 0, null);
        return scene;
    }

    private static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    /** Skin without anything on it. */
    public static RgbPicture plane(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(214, 168, 140));
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        return RgbPicture.of(image);
    }

    /** JPEG in strips of eight rows, each with its own tables. */
    public static byte[] jpegTiff(RgbPicture picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ImageWriteParam jpeg = writer.getDefaultWriteParam();
        jpeg.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        jpeg.setCompressionType("JPEG");
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture.toBufferedImage(), null, null), jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    public static byte[] png(RgbPicture picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture.toBufferedImage(), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
