package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request whose body is a form. A body that calls itself {@code
 * application/x-www-form-urlencoded} and is not of that shape is none: so {@code curl
 * --data-binary} calls every picture.
 */
final class Form {
    private static final String URLENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";

    private final List<Field> fields;

    /** One field; of a file its content, not a copy. */
    static final class Field {
        private final String name;
        private final byte[] value;

        Field(String name, byte[] value) {
            this.name = name;
            this.value = value;
        }

        String name() {
            return name;
        }

        byte[] value() {
            return value;
        }
    }

    private Form(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /**
     * Reads a form.
     *
     * @param maxParts that it may have
     * @return null when the body is none
     * @throws RefusedException when it is a broken one, or has too many parts
     */
    static @Nullable Form of(Request request, int maxParts) throws RefusedException {
        String type = type(request);
        if (type.equals(MULTIPART)) {
            return new Form(multipart(request, maxParts));
        }
        List<Field> fields =
                type.equals(URLENCODED) ? urlencoded(request.body(), maxParts) : List.of();
        return fields.isEmpty() ? null : new Form(fields);
    }

    /** The media type of a body, in lower case. */
    static String type(Request request) {
        String header = request.head().headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        CharSequence mime = HttpUtil.getMimeType(header);
        return mime == null ? "" : mime.toString().strip().toLowerCase(Locale.ROOT);
    }

    List<Field> fields() {
        return fields;
    }

    /** The text of the first field of that name, or null. */
    @Nullable String text(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return new String(field.value(), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static List<Field> multipart(Request request, int maxParts) throws RefusedException {
        FullHttpRequest form =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        "/",
                        Unpooled.wrappedBuffer(request.body()));
        String type = request.head().headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        form.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        if (!HttpPostRequestDecoder.isMultipart(form)) {
            throw refuse("no boundary in its type");
        }
        try {
            // In memory: the body is there already, and no picture goes to a disk.
            HttpPostRequestDecoder decoder =
                    new HttpPostRequestDecoder(
                            new DefaultHttpDataFactory(false),
                            form,
                            StandardCharsets.UTF_8,
                            maxParts,
                            Integer.MAX_VALUE);
            try {
                return fields(decoder.getBodyHttpDatas());
            } finally {
                decoder.destroy();
            }
        } catch (HttpPostRequestDecoder.TooManyFormFieldsException e) {
            throw refuse("over " + maxParts + " parts");
        } catch (IOException | RuntimeException e) {
            // The decoder's only input is the client's body, so whatever it throws is about that.
            throw refuse(String.valueOf(e.getMessage()));
        }
    }

    private static List<Field> fields(List<InterfaceHttpData> parts) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (InterfaceHttpData part : parts) {
            if (part instanceof HttpData data) {
                fields.add(new Field(data.getName(), data.get()));
            }
        }
        return fields;
    }

    private static List<Field> urlencoded(byte[] body, int maxParts) {
        List<Field> fields = new ArrayList<>();
        int from = 0;
        while (from <= body.length) {
            int end = next(body, from, '&');
            int equals = next(body, from, '=');
            byte[] name = equals < end ? decoded(body, from, equals) : null;
            byte[] value = equals < end ? decoded(body, equals + 1, end) : null;
            if (name == null || value == null || fields.size() == maxParts) {
                return List.of();
            }
            fields.add(new Field(new String(name, StandardCharsets.UTF_8), value));
            from = end + 1;
        }
        return fields;
    }

    private static int next(byte[] body, int from, char sought) {
        int at = from;
        while (at < body.length && body[at] != sought) {
            at++;
        }
        return at;
    }

    /** Percent and plus resolved into bytes, not characters; null when it has any other byte. */
    private static byte @Nullable [] decoded(byte[] body, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            int each = body[i];
            if (each == '%') {
                int high = i + 2 < to ? Character.digit(body[i + 1], 16) : -1;
                int low = i + 2 < to ? Character.digit(body[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.write(16 * high + low);
                i += 2;
            } else if (each == '+') {
                bytes.write(' ');
            } else if (each > ' ' && each < 0x7f) {
                bytes.write(each);
            } else {
                return null;
            }
        }
        return bytes.toByteArray();
    }

    private static RefusedException refuse(String seen) {
        return new RefusedException(
                Refusal.badRequest(
                        "multipart: "
                                + seen
                                + " (expected: whole, with one part data or one in all)"));
    }
}
