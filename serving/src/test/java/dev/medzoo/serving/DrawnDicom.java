package dev.medzoo.serving;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * DICOM files in colour whose frame n has the pixels of the drawn picture of seed n, and which say
 * much of a patient who never lived.
 */
public final class DrawnDicom {
    /** What no log, audit line, metric or answer may have, in lower case. */
    static final List<String> SECRETS =
            List.of("quixote", "dulcinea", "toboso", "7788990011", "19431107");

    /** The same as it stands in the file. */
    static final List<String> TEXTS =
            List.of(
                    "QUIXOTE^DULCINEA",
                    "Dulcinea's left foot",
                    "Toboso General",
                    "PID-7788990011",
                    "ACC-7788990011",
                    "19431107",
                    "1.2.826.0.1.3680043.7788990011.1");

    static final String NAME = "QUIXOTE^DULCINEA";
    static final String UID = "1.2.826.0.1.3680043.7788990011.1";

    static final int WIDTH = 64;
    static final int HEIGHT = 48;

    private static final int PIXEL_DATA = 0x7fe00010;
    private static final Set<String> LONG = Set.of("OB", "OW", "UN");

    /** By tag, whose order is that of the file. */
    private final Map<Integer, byte[]> elements = new TreeMap<>();

    private DrawnDicom(int frames) {
        text(0x00020003, "UI", UID);
        text(0x00020010, "UI", "1.2.840.10008.1.2.1");
        text(0x00080018, "UI", UID);
        text(0x00080020, "DA", "19431107");
        text(0x00080050, "SH", "ACC-7788990011");
        text(0x00080080, "LO", "Toboso General");
        text(0x00080090, "PN", NAME);
        text(0x00081030, "LO", "Dulcinea's left foot");
        text(0x00100010, "PN", NAME);
        text(0x00100020, "LO", "PID-7788990011");
        text(0x00100030, "DA", "19431107");
        text(0x0020000d, "UI", UID + ".2");
        text(0x0020000e, "UI", UID + ".3");
        number(0x00280002, 3);
        text(0x00280004, "CS", "RGB");
        number(0x00280006, 0);
        text(0x00280008, "IS", String.valueOf(frames));
        number(0x00280010, HEIGHT);
        number(0x00280011, WIDTH);
        number(0x00280100, 8);
        number(0x00280101, 8);
        number(0x00280102, 7);
        number(0x00280103, 0);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (int frame = 1; frame <= frames; frame++) {
            pixels.writeBytes(pixels(picture(frame)));
        }
        put(PIXEL_DATA, "OB", pixels.toByteArray());
    }

    /** A file of so many frames. */
    public static DrawnDicom of(int frames) {
        return new DrawnDicom(frames);
    }

    /** The drawn picture with the pixels of a frame. */
    public static byte[] picture(int frame) {
        return DrawnPicture.png(WIDTH, HEIGHT, frame);
    }

    /** Puts a text in place of whatever an element holds. */
    DrawnDicom text(int tag, String representation, String text) {
        char filler = representation.equals("UI") ? '\0' : ' ';
        String even = text.length() % 2 == 0 ? text : text + filler;
        return put(tag, representation, even.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Says which kind of object it is, without which nothing can refer to it. */
    DrawnDicom identified() {
        return text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7");
    }

    /** Says that the pixels show who the patient is. */
    DrawnDicom burnedIn() {
        return text(0x00280301, "CS", "YES");
    }

    public byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[128]);
        file.writeBytes("DICM".getBytes(StandardCharsets.ISO_8859_1));
        elements.values().forEach(file::writeBytes);
        return file.toByteArray();
    }

    private void number(int tag, int value) {
        put(tag, "US", new byte[] {(byte) value, (byte) (value >> 8)});
    }

    private DrawnDicom put(int tag, String representation, byte[] value) {
        ByteBuffer element = ByteBuffer.allocate(12 + value.length).order(ByteOrder.LITTLE_ENDIAN);
        element.putShort((short) (tag >>> 16)).putShort((short) tag);
        element.put(representation.getBytes(StandardCharsets.ISO_8859_1));
        if (LONG.contains(representation)) {
            element.putShort((short) 0).putInt(value.length);
        } else {
            element.putShort((short) value.length);
        }
        element.put(value);
        byte[] bytes = new byte[element.position()];
        element.flip().get(bytes);
        elements.put(tag, bytes);
        return this;
    }

    private static byte[] pixels(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            byte[] rgb = new byte[3 * WIDTH * HEIGHT];
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                int pixel = image.getRGB(i % WIDTH, i / WIDTH);
                rgb[3 * i] = (byte) (pixel >> 16);
                rgb[3 * i + 1] = (byte) (pixel >> 8);
                rgb[3 * i + 2] = (byte) pixel;
            }
            return rgb;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
