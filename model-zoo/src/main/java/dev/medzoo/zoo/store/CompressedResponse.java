package dev.medzoo.zoo.store;

import dev.medzoo.zoo.format.GunzipStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A response that a web server compressed unasked, as some do with JSON. It is decompressed in
 * chunks after it is complete, so that the consumer can stop early.
 */
final class CompressedResponse {
    private static final int MOST_BYTES = 64 << 20;
    private static final int PIECE_BYTES = 1 << 16;

    private final boolean isGzip;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private CompressedResponse(boolean isGzip) {
        this.isGzip = isGzip;
    }

    /**
     * By its {@code Content-Encoding}.
     *
     * @return null when it is not compressed
     * @throws IOException when the coding is unsupported
     */
    static @Nullable CompressedResponse of(String coding) throws IOException {
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> null;
            case "gzip", "x-gzip" -> new CompressedResponse(true);
            case "deflate" -> new CompressedResponse(false);
            default ->
                    throw new IOException(
                            "content-encoding: %s (expected: none, gzip or deflate)"
                                    .formatted(coding));
        };
    }

    void add(ByteBuffer piece) throws IOException {
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.write(copy);
        if (bytes.size() > MOST_BYTES) {
            throw new IOException(
                    "answer: more than %d compressed bytes (expected: at most that)"
                            .formatted(MOST_BYTES));
        }
    }

    /**
     * Decompresses it.
     *
     * @param taker returns whether it wants more
     */
    void unpack(Predicate<ByteBuffer> taker) throws IOException {
        byte[] all = bytes.toByteArray();
        try (InputStream in =
                isGzip
                        ? new GunzipStream(new ByteArrayInputStream(all))
                        : new InflaterInputStream(new ByteArrayInputStream(all))) {
            byte[] piece = in.readNBytes(PIECE_BYTES);
            while (piece.length > 0 && taker.test(ByteBuffer.wrap(piece))) {
                piece = in.readNBytes(PIECE_BYTES);
            }
        }
    }
}
