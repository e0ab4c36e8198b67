package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.DrawnPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** DICOM files that an archive takes, with a drawn picture each, of a patient who never lived. */
public final class MadeDicom {
    /** Under which all of them are. */
    private static final String ROOT = "1.2.826.0.1.3680043.10.511.";

    private static final String PHOTOGRAPH = "1.2.840.10008.5.1.4.1.1.77.1.4";
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final String JPEG = "1.2.840.10008.1.2.4.50";
    private static final int PIXEL_DATA = 0x7fe00010;
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final Set<String> LONG = Set.of("OB", "OW", "UN");

    private final Map<Integer, byte[]> elements = new TreeMap<>();
    private final String uid;

    private MadeDicom(int study, int number, String photometric, int samples, int bits) {
        uid = ROOT + study + ".1." + number;
        kind(PHOTOGRAPH);
        text(0x00020010, "UI", EXPLICIT);
        text(0x00080060, "CS", "XC");
        text(0x00080070, "LO", "a camera");
        text(0x00080020, "DA", "20260131");
        text(0x00080030, "TM", "120000");
        text(0x00100010, "PN", "QUIXOTE^DULCINEA");
        text(0x00100020, "LO", "PID-7788990011");
        text(0x0020000d, "UI", study(study));
        text(0x0020000e, "UI", ROOT + study + ".1");
        text(0x00200013, "IS", String.valueOf(number));
        number(0x00280002, samples);
        text(0x00280004, "CS", photometric);
        number(0x00280010, HEIGHT);
        number(0x00280011, WIDTH);
        number(0x00280100, bits);
        number(0x00280101, bits == 16 ? 12 : bits);
        number(0x00280102, bits == 16 ? 11 : bits - 1);
        number(0x00280103, 0);
        if (samples > 1) {
            number(0x00280006, 0);
        }
    }

    /** The UID of a study. */
    public static String study(int study) {
        return ROOT + study;
    }

    /** Red, green and blue, of one frame or several. */
    public static MadeDicom colour(int study, int number, int frames) {
        MadeDicom made = new MadeDicom(study, number, "RGB", 3, 8);
        made.text(0x00280008, "IS", String.valueOf(frames));
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (int frame = 0; frame < frames; frame++) {
            pixels.writeBytes(rgb(image(number + frame)));
        }
        return made.put(PIXEL_DATA, "OB", pixels.toByteArray());
    }

    /** Grey of 12 bits. */
    public static MadeDicom grey(int study, int number, String photometric) {
        byte[] rgb = rgb(image(number));
        ByteBuffer words = ByteBuffer.allocate(2 * WIDTH * HEIGHT).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            words.putShort((short) ((rgb[3 * i + 1] & 0xff) << 4));
        }
        return new MadeDicom(study, number, photometric, 1, 16)
                .put(PIXEL_DATA, "OW", words.array());
    }

    /** One frame of baseline JPEG. */
    public static MadeDicom jpeg(int study, int number) {
        byte[] file = DrawnPicture.jpeg(WIDTH, HEIGHT, number);
        int even = file.length + file.length % 2;
        ByteBuffer pixels = ByteBuffer.allocate(24 + even).order(ByteOrder.LITTLE_ENDIAN);
        item(pixels, 0xe000, 0);
        item(pixels, 0xe000, even).put(file).position(16 + even);
        item(pixels, 0xe0dd, 0);
        MadeDicom made = new MadeDicom(study, number, "YBR_FULL_422", 3, 8);
        made.text(0x00020010, "UI", JPEG);
        ByteBuffer element = ByteBuffer.allocate(12 + pixels.capacity());
        element.order(ByteOrder.LITTLE_ENDIAN).putShort((short) 0x7fe0).putShort((short) 0x0010);
        element.put("OB\0\0".getBytes(StandardCharsets.ISO_8859_1)).putInt(-1).put(pixels.array());
        made.elements.put(PIXEL_DATA, element.array());
        return made;
    }

    private static ByteBuffer item(ByteBuffer to, int element, int length) {
        return to.putShort((short) 0xfffe).putShort((short) element).putInt(length);
    }

    /** As if this program had shown something in it. */
    public MadeDicom ofMedzoo() {
        return kind(SECONDARY_CAPTURE).text(0x00080070, "LO", "medzoo");
    }

    private MadeDicom kind(String sopClass) {
        text(0x00020002, "UI", sopClass);
        text(0x00020003, "UI", uid);
        text(0x00080016, "UI", sopClass);
        return text(0x00080018, "UI", uid);
    }

    /** Says that the pixels show who the patient is. */
    public MadeDicom burnedIn() {
        return text(0x00280301, "CS", "YES");
    }

    public String uid() {
        return uid;
    }

    public byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[128]);
        file.writeBytes("DICM".getBytes(StandardCharsets.ISO_8859_1));
        elements.values().forEach(file::writeBytes);
        return file.toByteArray();
    }

    private MadeDicom text(int tag, String representation, String text) {
        char filler = representation.equals("UI") ? '\0' : ' ';
        String even = text.length() % 2 == 0 ? text : text + filler;
        return put(tag, representation, even.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void number(int tag, int value) {
        put(tag, "US", new byte[] {(byte) value, (byte) (value >> 8)});
    }

    private MadeDicom put(int tag, String representation, byte[] value) {
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

    private static BufferedImage image(long seed) {
        try {
            return ImageIO.read(new ByteArrayInputStream(DrawnPicture.png(WIDTH, HEIGHT, seed)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] rgb(BufferedImage image) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int pixel = image.getRGB(i % WIDTH, i / WIDTH);
            rgb[3 * i] = (byte) (pixel >> 16);
            rgb[3 * i + 1] = (byte) (pixel >> 8);
            rgb[3 * i + 2] = (byte) pixel;
        }
        return rgb;
    }
}
