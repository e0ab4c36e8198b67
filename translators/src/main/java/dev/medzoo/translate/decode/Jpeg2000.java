package dev.medzoo.translate.decode;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes bare JPEG 2000 codestreams with JJ2000 (jai-imageio-jpeg2000) after {@link
 * Jpeg2000Header} has validated them.
 */
final class Jpeg2000 {
    private Jpeg2000() {}

    /** Decodes to words, interleaved by pixel; signed ones in two's complement. */
    static short[] decode(byte[] bytes, int width, int height, int samples, Budget budget)
            throws IOException {
        Jpeg2000Header header = Jpeg2000Header.check(bytes, width, height, samples, false, budget);
        return whole(header.ended(), width, height, samples, budget);
    }

    /** Decodes colours too of which there are fewer samples than pixels; these are repeated. */
    static short[] decodeColours(byte[] bytes, int width, int height, int samples, Budget budget)
            throws IOException {
        Jpeg2000Header header = Jpeg2000Header.check(bytes, width, height, samples, true, budget);
        if (!header.isSubsampled()) {
            return whole(header.ended(), width, height, samples, budget);
        }
        try (ImageInputStream stream = new Jpeg2000Stream(header.ended(), budget)) {
            return Jpeg2000Planes.decode(stream, width, height, samples, budget);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error e) {
            throw undecodable(e);
        }
    }

    private static short[] whole(byte[] ended, int width, int height, int samples, Budget budget)
            throws IOException {
        Raster raster = raster(ended, budget);
        budget.checkWanted();
        if (raster.getWidth() != width
                || raster.getHeight() != height
                || raster.getNumBands() != samples) {
            throw new IIOException("JPEG 2000 that decodes to another size");
        }
        short[] words = new short[samples * width * height];
        int[] row = new int[samples * width];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i++) {
                words[y * row.length + i] = (short) row[i];
            }
        }
        return words;
    }

    private static Raster raster(byte[] bytes, Budget budget) throws IOException {
        ImageReader reader = new J2KImageReaderSpi().createReaderInstance(null);
        try (ImageInputStream stream = new Jpeg2000Stream(bytes, budget)) {
            reader.addIIOReadProgressListener(new CancellationListener(budget));
            reader.setInput(stream, true, true);
            return reader.readRaster(0, null);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error e) {
            // JJ2000 throws plain errors for malformed codestreams.
            throw undecodable(e);
        } finally {
            reader.dispose();
        }
    }

    private static IIOException undecodable(Error e) {
        return new IIOException("JPEG 2000 that cannot be decoded", e);
    }
}
