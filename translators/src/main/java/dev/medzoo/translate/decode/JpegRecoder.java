package dev.medzoo.translate.decode;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Merges the scans of a JPEG into one, with the same coefficients. */
final class JpegRecoder {
    private JpegRecoder() {}

    /**
     * Recodes a whole file.
     *
     * @param bytes from the first marker to the last
     * @return null if its scans leave coefficients out
     */
    static byte @Nullable [] recode(byte[] bytes, Budget budget) throws IOException {
        JpegCoefficients all = JpegCoefficients.read(bytes, new int[0], budget);
        if (all == null) {
            return null;
        }
        JpegWriter writer = new JpegWriter(budget, bytes.length + bytes.length / 4 + 4096);
        byte[] segments = all.segments();
        writer.bytes(segments, 0, segments.length);
        writer.scan(all.components(), all.mcusAcross(), all.mcusDown());
        return writer.toBytes();
    }
}
