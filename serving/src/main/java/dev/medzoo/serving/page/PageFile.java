package dev.medzoo.serving.page;

import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.zoo.format.Sha256;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file of the page, packed beside this class. A browser keeps it and asks each time whether it is
 * still the same, so that a newer server is never mixed with an older page.
 *
 * @param bytes of it
 * @param etag its SHA-256, as HTTP quotes it
 */
record PageFile(String contentType, ByteBuffer bytes, String etag) {
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "jpg", "image/jpeg",
                    "json", "application/json");

    /**
     * What every file says to a browser. It runs and shows only what this server sends; pictures
     * are also what its reader has chosen ({@code blob:}). No other site has it in a frame, and no
     * text becomes markup (Trusted Types).
     */
    static final Map<String, String> HEADERS =
            Map.of(
                    "content-security-policy",
                    "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; "
                            + "frame-ancestors 'none'; object-src 'none'; "
                            + "require-trusted-types-for 'script'; trusted-types 'none'",
                    "x-content-type-options",
                    "nosniff",
                    "x-frame-options",
                    "DENY",
                    "referrer-policy",
                    "same-origin",
                    "permissions-policy",
                    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
                    "cross-origin-opener-policy",
                    "same-origin",
                    "cross-origin-resource-policy",
                    "same-origin",
                    "cache-control",
                    "no-cache");

    /**
     * Reads one.
     *
     * @param name such as {@code page.js}
     */
    static PageFile read(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "resource: " + name + " (expected: packed)"));
    }

    /**
     * Reads one that may be there.
     *
     * @param name as for {@link #read}, or from the root of the class path with a leading slash
     */
    static Optional<PageFile> find(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        try (InputStream in = PageFile.class.getResourceAsStream(name)) {
            if (in == null || type == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            String etag = "\"" + Sha256.hex(bytes) + "\"";
            return Optional.of(new PageFile(type, ByteBuffer.wrap(bytes), etag));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file, or that it is the one that the browser has. */
    Reply reply(Request request) {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.put("etag", etag);
        return Reply.of(isKnown(request) ? 304 : 200, contentType, bytes, headers);
    }

    private boolean isKnown(Request request) {
        return request.head().headers().getAll(HttpHeaderNames.IF_NONE_MATCH).stream()
                .anyMatch(tags -> tags.contains(etag));
    }
}
