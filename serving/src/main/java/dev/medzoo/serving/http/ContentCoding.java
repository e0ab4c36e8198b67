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

/** How a body is packed, by its {@code Content-Encoding} (RFC 9110, section 8.4). */
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
    /** In zlib's format, as the RFC has it, or without its frame, as some clients send it. */
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
     * That of a request.
     *
     * @throws RefusedException for one that this server does not know, or for several
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
     * The body as its client packed it.
     *
     * @param maxBytes that it may have
     * @throws RefusedException when it has more, or is broken
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
                            "content-encoding: broken (expected: a whole body in %s)"
                                    .formatted(name().toLowerCase(Locale.ROOT))));
        }
        if (unpacked.length > maxBytes) {
            throw new RefusedException(Refusal.bodyTooLarge(maxBytes));
        }
        return unpacked;
    }
}
