package dev.medzoo.benchmarks.serving;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A connection to a server on this machine. It blocks, and parses no more than these programs need:
 * the server shares its cores with them.
 */
final class Connection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int LONGEST_HEAD_BYTES = 16 << 10;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[LONGEST_HEAD_BYTES];
    private int begin;
    private int end;

    Connection(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    void send(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    /**
     * Sends a whole request and waits for its answer.
     *
     * @throws IOException when the connection ends before, or nothing comes for a minute
     */
    Answer exchange(byte[] request) throws IOException {
        try {
            send(request, 0, request.length);
        } catch (IOException e) {
            // A server may refuse a body that it has not read to its end.
            return afterLostBody(e);
        }
        return receive();
    }

    private Answer afterLostBody(IOException lost) throws IOException {
        try {
            return receive();
        } catch (IOException e) {
            lost.addSuppressed(e);
            throw lost;
        }
    }

    /** Waits for the next answer. */
    Answer receive() throws IOException {
        String head;
        int status;
        do {
            head = head();
            status = Integer.parseInt(head.substring(9, 12));
        } while (status < 200);
        Answer bare = new Answer(status, head, "");
        String length = bare.header("content-length");
        if (length == null) {
            throw new IOException("content-length: absent (expected: a number) in " + head);
        }
        return new Answer(status, head, body(Integer.parseInt(length)));
    }

    private String head() throws IOException {
        for (int at = begin; ; ) {
            for (; at + 4 <= end; at++) {
                if (isBlankLine(at)) {
                    String head =
                            new String(buffer, begin, at + 2 - begin, StandardCharsets.ISO_8859_1);
                    begin = at + 4;
                    return head;
                }
            }
            at -= begin;
            fill();
            at += begin;
        }
    }

    private boolean isBlankLine(int at) {
        return buffer[at] == '\r'
                && buffer[at + 1] == '\n'
                && buffer[at + 2] == '\r'
                && buffer[at + 3] == '\n';
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        begin = 0;
        if (end == buffer.length) {
            throw new IOException("head: longer (expected: at most " + end + " bytes)");
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException("connection: closed by the server (expected: an answer)");
        }
        end += read;
    }

    private String body(int length) throws IOException {
        int ready = Math.min(length, end - begin);
        byte[] body = Arrays.copyOf(Arrays.copyOfRange(buffer, begin, begin + ready), length);
        begin += ready;
        if (in.readNBytes(body, ready, length - ready) < length - ready) {
            throw new EOFException("connection: closed by the server (expected: the whole body)");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Closes with a reset, as a client does that crashes. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
