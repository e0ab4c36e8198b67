package dev.medzoo.training.prepare;

import dev.medzoo.translate.decode.RgbPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures as a person has them, drawn by code: noise, each unlike all others. */
final class OwnPictures {
    static final int SIDE = 24;

    private OwnPictures() {}

    /** {@code dark/0.png} and so on, and as many {@code light} ones. */
    static Path inFolders(Path parent, int each) throws IOException {
        Path folder = parent.resolve("photos");
        for (int i = 0; i < each; i++) {
            write(folder.resolve("dark/%02d.png".formatted(i)), picture(80, i));
            write(folder.resolve("light/%02d.png".formatted(i)), picture(170, 1000 + i));
        }
        return folder;
    }

    /** A picture whose values lie about a middle one. */
    static BufferedImage picture(int middle, long seed) {
        Random random = new Random(seed);
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < rgb.length; i += 3) {
            int value = middle + random.nextInt(120) - 60;
            rgb[i] = (byte) value;
            rgb[i + 1] = (byte) value;
            rgb[i + 2] = (byte) value;
        }
        return new RgbPicture(SIDE, SIDE, rgb).toBufferedImage();
    }

    /** Writes one in the format of the file's ending. */
    static void write(Path file, BufferedImage picture) throws IOException {
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, name.substring(name.lastIndexOf('.') + 1), bytes);
        Files.write(file, bytes.toByteArray());
    }

    /** A grey picture of somebody, as a DICOM file. */
    static byte[] dicom(String patient, int number) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[128]);
        file.writeBytes("DICM".getBytes(StandardCharsets.ISO_8859_1));
        element(file, 0x00020010, "UI", text("1.2.840.10008.1.2.1"));
        element(file, 0x00080016, "UI", text("1.2.840.10008.5.1.4.1.1.7"));
        element(file, 0x00080018, "UI", text("1.2.3." + number));
        element(file, 0x00100020, "LO", text(patient));
        element(file, 0x0020000d, "UI", text("1.2.3"));
        element(file, 0x0020000e, "UI", text("1.2.4"));
        element(file, 0x00280002, "US", number(1));
        element(file, 0x00280004, "CS", text("MONOCHROME2"));
        element(file, 0x00280010, "US", number(SIDE));
        element(file, 0x00280011, "US", number(SIDE));
        element(file, 0x00280100, "US", number(8));
        element(file, 0x00280101, "US", number(8));
        element(file, 0x00280102, "US", number(7));
        element(file, 0x00280103, "US", number(0));
        byte[] pixels = new byte[SIDE * SIDE];
        new Random(number).nextBytes(pixels);
        file.writeBytes(new byte[] {(byte) 0xe0, 0x7f, 0x10, 0, 'O', 'W', 0, 0});
        file.writeBytes(new byte[] {(byte) pixels.length, (byte) (pixels.length >> 8), 0, 0});
        file.writeBytes(pixels);
        return file.toByteArray();
    }

    private static void element(ByteArrayOutputStream to, int tag, String type, byte[] value) {
        to.writeBytes(number(tag >>> 16));
        to.writeBytes(number(tag));
        to.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
        to.writeBytes(number(value.length));
        to.writeBytes(value);
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    private static byte[] text(String text) {
        String even = text.length() % 2 == 0 ? text : text + ' ';
        return even.getBytes(StandardCharsets.ISO_8859_1);
    }
}
