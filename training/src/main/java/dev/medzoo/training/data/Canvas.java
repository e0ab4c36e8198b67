package dev.medzoo.training.data;

import dev.medzoo.translate.decode.RgbPicture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;

/**
 * The canvas of {@link Drawing}: a square with coordinates from 0 to 1, to the right and down. A
 * seed determines the picture.
 */
final class Canvas {
    /** Width and height, in pixels. */
    static final int SIDE = 160;

    /** Letters of 3x5 cells, row by row: A, C, E, F, H, I, L, N, O, S, T, U. */
    private static final int[] LETTERS = {
        0b010101111101101, 0b111100100100111, 0b111100110100111, 0b111100110100100,
        0b101101111101101, 0b111010010010111, 0b100100100100111, 0b110101101101101,
        0b111101101101111, 0b111100111001111, 0b111010010010010, 0b101101101101111
    };

    final Random random;
    private final BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    private final Graphics2D pen = image.createGraphics();

    /** Pixels as blue, green, red, row by row. */
    private final byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();

    Canvas(long seed) {
        random = new Random(seed);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    }

    /** A random colour. */
    Color colour() {
        return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    /** A random number between two. */
    double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    void fill(Color colour) {
        box(colour, 0, 0, 1, 1);
    }

    void box(Color colour, double x, double y, double width, double height) {
        shape(colour, new Rectangle2D.Double(x, y, width, height));
    }

    /** Draws an ellipse around a centre. */
    void oval(Color colour, double x, double y, double width, double height) {
        shape(colour, new Ellipse2D.Double(x - width / 2, y - height / 2, width, height));
    }

    /**
     * Draws a polygon.
     *
     * @param corners alternating x and y
     */
    void polygon(Color colour, double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        shape(colour, path);
    }

    private void shape(Color colour, Shape shape) {
        pen.setColor(colour);
        pen.fill(AffineTransform.getScaleInstance(SIDE, SIDE).createTransformedShape(shape));
    }

    /** Draws a picture of the canvas' own size. */
    void paste(RgbPicture picture) {
        pen.drawImage(picture.toBufferedImage(), 0, 0, null);
    }

    /** Draws a line of letters of the given height. */
    void text(Color colour, double x, double y, double width, double height) {
        double cell = height / 5;
        for (double at = x; at + 3 * cell <= x + width; at += 4 * cell) {
            int letter = LETTERS[random.nextInt(LETTERS.length)];
            // Ends a line early now and then.
            for (int i = 0; i < 15 && random.nextInt(100) < 99; i++) {
                if ((letter >> (14 - i) & 1) == 1) {
                    int row = i / 3;
                    box(colour, at + i % 3 * cell, y + row * cell, cell, cell);
                }
            }
            at += random.nextInt(6) == 0 ? 3 * cell : 0;
        }
    }

    /**
     * Blends two colours at every point.
     *
     * @param share of the second colour, in [0, 1], by x and y
     */
    void blend(Color first, Color second, ToDoubleBiFunction<Double, Double> share) {
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double of = share.applyAsDouble(x / (double) SIDE, y / (double) SIDE);
                int at = 3 * (y * SIDE + x);
                pixels[at] = (byte) clamped(first.getBlue() * (1 - of) + second.getBlue() * of);
                pixels[at + 1] =
                        (byte) clamped(first.getGreen() * (1 - of) + second.getGreen() * of);
                pixels[at + 2] = (byte) clamped(first.getRed() * (1 - of) + second.getRed() * of);
            }
        }
    }

    /**
     * Adds noise to the whole canvas.
     *
     * @param deviation of each channel, of 255
     * @param grey whether all channels get the same
     */
    void noise(double deviation, boolean grey) {
        for (int at = 0; at < pixels.length; at += 3) {
            double r = deviation * random.nextGaussian();
            double g = grey ? r : deviation * random.nextGaussian();
            double b = grey ? r : deviation * random.nextGaussian();
            pixels[at] = (byte) clamped((pixels[at] & 0xff) + b);
            pixels[at + 1] = (byte) clamped((pixels[at + 1] & 0xff) + g);
            pixels[at + 2] = (byte) clamped((pixels[at + 2] & 0xff) + r);
        }
    }

    private static int clamped(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    RgbPicture picture() {
        pen.dispose();
        return RgbPicture.of(image);
    }
}
