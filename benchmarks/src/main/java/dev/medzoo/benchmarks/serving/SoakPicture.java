package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A picture that is sent again and again, under a name of its own. */
final class SoakPicture {
    private final String name;
    private final byte[] bytes;

    private SoakPicture(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    private static SoakPicture drawn(String format, int width, int height) throws IOException {
        byte[] bytes = EncodedPicture.of(format, width, height, width);
        return new SoakPicture(format + " " + width + "x" + height, bytes);
    }

    /** Small and large ones of both formats; the smallest is the first. */
    static List<SoakPicture> good() throws IOException {
        return List.of(
                drawn("png", 64, 64),
                drawn("jpeg", 160, 120),
                drawn("jpeg", 600, 450),
                drawn("png", 450, 450),
                drawn("jpeg", 1600, 1200));
    }

    /** What no server can read: a text, pictures without their second half, nothing. */
    static List<SoakPicture> bad() throws IOException {
        SoakPicture jpeg = drawn("jpeg", 600, 450);
        SoakPicture png = drawn("png", 450, 450);
        return List.of(
                new SoakPicture("text", "this is no picture".getBytes(StandardCharsets.US_ASCII)),
                jpeg.half(),
                png.half(),
                new SoakPicture("nothing", new byte[0]));
    }

    private SoakPicture half() {
        return new SoakPicture("half a " + name, Arrays.copyOf(bytes, bytes.length / 2));
    }

    String name() {
        return name;
    }

    /** Encoded, not to be changed. */
    byte[] bytes() {
        return bytes;
    }
}
