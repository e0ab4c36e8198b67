package dev.medzoo.serving;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends whatever it is told to, HTTP or not. */
final class Wire implements Closeable {
    private final Socket socket;

    Wire(RunningServer server) throws IOException {
        this(server.connect());
    }

    Wire(Socket socket) {
        this.socket = socket;
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Wire post(String path, byte[] body) throws IOException {
        return send("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, body.length))
                .send(body);
    }

    /** Everything until the server closes. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The head of the next response, without its body. */
    String head() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + text);
            }
            head.write(next);
            text = head.toString(StandardCharsets.UTF_8);
        }
        return text;
    }

    /** The next response whole, after those that only say that it is being worked on. */
    String response() throws IOException {
        String head = head();
        while (head.startsWith("HTTP/1.1 102 ")) {
            head = head();
        }
        int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        byte[] body = socket.getInputStream().readNBytes(length);
        return head + new String(body, StandardCharsets.UTF_8);
    }

    /** The response to one more request. */
    String response(String request) {
        try {
            return send(request).response();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
