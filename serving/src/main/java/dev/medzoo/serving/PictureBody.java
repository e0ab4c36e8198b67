package dev.medzoo.serving;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.util.List;

/**
 * Where in a request its picture is. In {@code multipart/form-data} it is the part {@code data} or
 * the only part. Any other body is the picture itself, whatever its type says: curl's {@code
 * --data-binary} calls every body a form.
 */
final class PictureBody {
    private static final String PART = "data";

    private PictureBody() {}

    /**
     * The encoded picture.
     *
     * @throws RefusedException when there cannot be one
     */
    static byte[] of(Request request) throws RefusedException {
        String type = request.head().headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        CharSequence mime = HttpUtil.getMimeType(type);
        if (mime != null && HttpHeaderValues.APPLICATION_JSON.contentEqualsIgnoreCase(mime)) {
            throw new RefusedException(
                    new Refusal.UnreadablePicture(
                            "body: JSON (expected: the picture itself; no image_url is fetched)"));
        }
        if (mime != null && HttpHeaderValues.MULTIPART_FORM_DATA.contentEqualsIgnoreCase(mime)) {
            return fromMultipart(type, request.body());
        }
        return request.body();
    }

    private static byte[] fromMultipart(String type, byte[] body) throws RefusedException {
        FullHttpRequest form =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        form.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        if (!HttpPostRequestDecoder.isMultipart(form)) {
            throw refuse("no boundary in its type");
        }
        try {
            // In memory: the body is there already, and no picture goes to a disk.
            HttpPostRequestDecoder decoder =
                    new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), form);
            try {
                return picture(decoder.getBodyHttpDatas());
            } finally {
                decoder.destroy();
            }
        } catch (IOException | RuntimeException e) {
            // The decoder's only input is the client's body, so whatever it throws is about that.
            throw refuse(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] picture(List<InterfaceHttpData> parts)
            throws IOException, RefusedException {
        List<HttpData> all =
                parts.stream()
                        .filter(HttpData.class::isInstance)
                        .map(HttpData.class::cast)
                        .toList();
        List<HttpData> named = all.stream().filter(part -> part.getName().equals(PART)).toList();
        List<HttpData> chosen = named.isEmpty() ? all : named;
        if (chosen.size() != 1) {
            List<String> names = all.stream().map(HttpData::getName).toList();
            throw refuse("parts " + names);
        }
        return chosen.get(0).get();
    }

    private static RefusedException refuse(String seen) {
        return new RefusedException(
                new Refusal.BadRequest(
                        "multipart: %s (expected: whole, with one part %s or one part in all)"
                                .formatted(seen, PART)));
    }
}
