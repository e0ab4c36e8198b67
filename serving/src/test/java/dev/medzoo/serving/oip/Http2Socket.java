package dev.medzoo.serving.oip;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client of gRPC that sends each frame as it is told, so that it may do what none should. */
final class Http2Socket implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;

    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    Http2Socket(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(600_000);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    /** Says that it speaks HTTP/2. */
    Http2Socket greet() throws IOException {
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
        return this;
    }

    /** Begins a call. */
    void call(int stream, String method) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(1024);
        header(block, ":method", "POST");
        header(block, ":scheme", "http");
        header(block, ":path", "/" + method);
        header(block, ":authority", "localhost");
        header(block, "content-type", "application/grpc");
        header(block, "te", "trailers");
        frame(HEADERS, END_HEADERS, stream, array(block));
    }

    /** Begins a message: says how long it is, and sends as many zeros of it. */
    void message(int stream, int announced, int sent) throws IOException {
        data(stream, array(ByteBuffer.allocate(5).put((byte) 0).putInt(announced)));
        zeros(stream, sent);
    }

    void zeros(int stream, int count) throws IOException {
        for (int left = count; left > 0; left -= 16_384) {
            data(stream, new byte[Math.min(left, 16_384)]);
        }
    }

    private void data(int stream, byte[] bytes) throws IOException {
        frame(DATA, 0, stream, bytes);
    }

    /** Waits for the end of any call. */
    String status() throws IOException, Http2Exception {
        while (true) {
            Frame frame = read(HEADERS);
            CharSequence status =
                    decoder.decodeHeaders(frame.stream(), frame.payload()).get("grpc-status");
            if (status != null) {
                return status.toString();
            }
        }
    }

    /** Waits until the server gives a call up. */
    void awaitReset() throws IOException {
        read(RESET);
    }

    private record Frame(int stream, ByteBuf payload) {}

    /** The next frame of a type. */
    private Frame read(int wanted) throws IOException {
        while (true) {
            int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            in.skipNBytes(1);
            Frame frame = new Frame(in.readInt(), Unpooled.wrappedBuffer(in.readNBytes(length)));
            if (type == wanted) {
                return frame;
            }
        }
    }

    /** Waits until the server has closed it. */
    boolean isClosed() throws IOException {
        try {
            in.skipNBytes(Long.MAX_VALUE);
            return false;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) 0).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        out.write(frame.array());
    }

    /** Without a table and without packing. */
    private static void header(ByteBuffer block, String name, String value) {
        block.put((byte) 0);
        for (String each : new String[] {name, value}) {
            block.put((byte) each.length()).put(each.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] written = new byte[bytes.position()];
        bytes.flip().get(written);
        return written;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
