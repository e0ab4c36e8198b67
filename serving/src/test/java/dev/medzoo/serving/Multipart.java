package dev.medzoo.serving;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body, written by hand so that it can be wrong on purpose. */
final class Multipart {
    static final String TYPE = "multipart/form-data; boundary=frontier";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Multipart file(String name, byte[] content) {
        return part(name, "; filename=\"" + name + ".jpg\"\r\nContent-Type: image/jpeg", content);
    }

    Multipart field(String name, byte[] content) {
        return part(name, "", content);
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes("--frontier--\r\n".getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }

    private Multipart part(String name, String more, byte[] content) {
        String head =
                "--frontier\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
                        .formatted(name, more);
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return this;
    }
}
