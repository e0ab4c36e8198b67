package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form. A body of type {@code application/x-www-form-urlencoded} that is malformed
 * is not treated as a form, since {@code curl --data-binary} labels every picture so. A {@code
 * multipart/related} body with one DICOM file, as in DICOMweb STOW (PS3.18 section 10.5), is a form
 * of one field.
 */
final class FormFields {
    private static final String URLENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";
    private static final String RELATED = "multipart/related";
    private static final String DICOM = "application/dicom";

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

    private FormFields(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /**
     * Reads a form.
     *
     * @param maxParts that it may have
     * @return null when the body is none
     * @throws RefusedException when it is a broken one, or has too many parts
     */
    static @Nullable FormFields of(Request request, int maxParts) throws RefusedException {
        HeaderValue type = header(request);
        if (type.value().equals(MULTIPART)) {
            String boundary = type.parameter("boundary", "");
            return new FormFields(MultipartReader.read(request.body(), boundary, maxParts));
        }
        if (type.value().equals(RELATED)) {
            return related(request, type, maxParts);
        }
        List<Field> fields =
                type.value().equals(URLENCODED) ? urlencoded(request.body(), maxParts) : List.of();
        return fields.isEmpty() ? null : new FormFields(fields);
    }

    private static FormFields related(Request request, HeaderValue type, int maxParts)
            throws RefusedException {
        String root = type.parameter("type", "none").toLowerCase(Locale.ROOT);
        if (!root.equals(DICOM)) {
            throw refuse("%s: type %s (expected: %s)".formatted(RELATED, root, DICOM));
        }
        String boundary = type.parameter("boundary", "");
        List<Field> parts = MultipartReader.related(request.body(), boundary, DICOM, maxParts);
        if (parts.size() != 1) {
            throw refuse(
                    "%s: %d parts, where a request has one picture (expected: 1; several go to /v2)"
                            .formatted(RELATED, parts.size()));
        }
        return new FormFields(parts);
    }

    private static RefusedException refuse(String message) {
        return new RefusedException(Refusal.badRequest(message));
    }

    /** The media type of a body, in lower case. */
    static String type(Request request) {
        return header(request).value();
    }

    private static HeaderValue header(Request request) {
        return HeaderValue.parse(request.head().headers().get(HttpHeaderNames.CONTENT_TYPE, ""));
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

    /** Decodes percent and plus into bytes, not characters; null when malformed. */
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
}
