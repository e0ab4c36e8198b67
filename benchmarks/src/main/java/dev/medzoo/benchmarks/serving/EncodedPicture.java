package dev.medzoo.benchmarks.serving;

import dev.medzoo.training.data.DrawnPicture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Pictures drawn by code, as a client has them. */
final class EncodedPicture {
    private EncodedPicture() {}

    /**
     * The same values give the same bytes.
     *
     * @param format {@code jpeg} or {@code png}
     * @param width in pixels
     * @param height in pixels
     */
    static byte[] of(String format, int width, int height, long seed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(DrawnPicture.of(width, height, seed).toBufferedImage(), format, bytes);
        return bytes.toByteArray();
    }
}
