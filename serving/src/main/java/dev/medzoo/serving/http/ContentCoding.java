package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.zoo.format.GunzipStream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Compression of a body, from its {@code Content-Encoding} (RFC 9110, section 8.4). */
enum ContentCoding {
    IDENTITY {
        @Override
        InputStream open(byte[] body) {
            return new ByteArrayInputStream(body);
        }
    },
    GZIP {
        @Override
        InputStream open(byte[] body) {
            return new GunzipStream(new ByteArrayInputStream(body));
        }
    },
    /** In zlib format as the RFC says, or raw deflate, which some clients send. */
    DEFLATE {
        @Override
        InputStream open(byte[] body) {
            boolean isFramed =
                    body.length > 1
                            && (body[0] & 0x0f) == ZLIB_METHOD
                            && (256 * (body[0] & 0xff) + (body[1] & 0xff)) % ZLIB_CHECK == 0;
            return new InflaterInputStream(new ByteArrayInputStream(body), new Inflater(!isFramed));
        }
    };

    private static final int ZLIB_METHOD = 8;
    private static final int ZLIB_CHECK = 31;

    abstract InputStream open(byte[] body);

    /**
     * The coding of a request.
     *
     * @throws RefusedException for an unsupported coding, or for several
     */
    static ContentCoding of(HttpHeaders headers) throws RefusedException {
        String said = String.join(",", headers.getAll(HttpHeaderNames.CONTENT_ENCODING));
        return switch (said.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default ->
                    throw new RefusedException(
                            new Refusal(
                                    Kind.UNKNOWN_CODING,
                                    "content-encoding: %s (expected: gzip, deflate or none)"
                                            .formatted(said),
                                    Map.of("accept-encoding", "gzip, deflate")));
        };
    }

    /**
     * Decompresses a body.
     *
     * @param maxBytes maximum size of the result
     * @throws RefusedException when it is larger or corrupt
     */
    byte[] unpack(byte[] body, int maxBytes) throws RefusedException {
        if (this == IDENTITY || body.length == 0) {
            return body;
        }
        byte[] unpacked;
        try (InputStream in = open(body)) {
            unpacked = in.readNBytes(maxBytes == Integer.MAX_VALUE ? maxBytes : maxBytes + 1);
        } catch (IOException e) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "content-encoding: damaged body (expected: a complete body in %s)"
                                    .formatted(name().toLowerCase(Locale.ROOT))));
        }
        if (unpacked.length > maxBytes) {
            throw new RefusedException(Refusal.bodyTooLarge(maxBytes));
        }
        return unpacked;
    }
}
