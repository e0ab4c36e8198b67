package dev.medzoo.translate;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.BitSet;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;

/**
 * A GIF file. The JDK's reader takes an early end of the pixels for their end and leaves the rest
 * black, so its rows are counted.
 */
final class GifFile extends BareFile {
    GifFile(byte[] bytes) {
        super(bytes, Orientation.UPRIGHT);
    }

    @Override
    RgbPicture read(ImageReader reader) throws IOException {
        Rows rows = new Rows();
        reader.addIIOReadUpdateListener(rows);
        RgbPicture picture = super.read(reader);
        int read = rows.seen.cardinality();
        if (read < picture.height()) {
            throw new EOFException("%d of %d rows".formatted(read, picture.height()));
        }
        return picture;
    }

    /** Which rows the reader has written, in whatever order. */
    private static final class Rows implements IIOReadUpdateListener {
        final BitSet seen = new BitSet();

        @Override
        public void imageUpdate(
                ImageReader source,
                BufferedImage image,
                int left,
                int top,
                int width,
                int height,
                int stepX,
                int stepY,
                int[] bands) {
            for (int i = 0; i < height; i++) {
                seen.set(top + i * stepY);
            }
        }

        @Override
        public void passStarted(
                ImageReader source,
                BufferedImage image,
                int pass,
                int firstPass,
                int lastPass,
                int left,
                int top,
                int stepX,
                int stepY,
                int[] bands) {}

        @Override
        public void passComplete(ImageReader source, BufferedImage image) {}

        @Override
        public void thumbnailPassStarted(
                ImageReader source,
                BufferedImage thumbnail,
                int pass,
                int firstPass,
                int lastPass,
                int left,
                int top,
                int stepX,
                int stepY,
                int[] bands) {}

        @Override
        public void thumbnailUpdate(
                ImageReader source,
                BufferedImage thumbnail,
                int left,
                int top,
                int width,
                int height,
                int stepX,
                int stepY,
                int[] bands) {}

        @Override
        public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {}
    }
}
