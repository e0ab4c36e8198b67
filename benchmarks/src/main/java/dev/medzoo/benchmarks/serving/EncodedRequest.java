package dev.medzoo.benchmarks.serving;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of whole requests, made once and sent often. */
final class EncodedRequest {
    private static final String BOUNDARY = "medzoo-benchmark-boundary";

    private EncodedRequest() {}

    static byte[] get(String path) {
        return bytes("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n\r\n");
    }

    /**
     * A picture as it is.
     *
     * @param headers lines without their ends
     */
    static byte[] post(String path, byte[] body, String... headers) {
        return joined(head(path, body.length, headers), body);
    }

    /** A picture as the part {@code data} of a form. */
    static byte[] form(String path, byte[] picture, String... headers) {
        byte[] before =
                bytes(
                        "--"
                                + BOUNDARY
                                + "\r\ncontent-disposition: form-data; name=\"data\";"
                                + " filename=\"picture\"\r\n"
                                + "content-type: application/octet-stream\r\n\r\n");
        byte[] after = bytes("\r\n--" + BOUNDARY + "--\r\n");
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "content-type: multipart/form-data; boundary=" + BOUNDARY;
        return post(path, joined(before, picture, after), all);
    }

    private static byte[] head(String path, int length, String... headers) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nhost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return bytes(head.append("content-length: " + length + "\r\n\r\n").toString());
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
