package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no slide, or a broken or hostile one, is refused by name before memory is taken. */
class WrongSlideTest {
    @TempDir Path folder = Path.of("");

    private static List<RgbPicture> levels() {
        return DrawnSlide.pyramid(DrawnSlide.disc(300, 200, new Random(2)), 2, 2);
    }

    private static SlideWriter writer() {
        return new SlideWriter(Coding.DEFLATE, levels());
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of(writer().saying(0, 256, 0), "width: 0 (expected: 1..2000000)"),
                Arguments.of(writer().saying(0, 257, 4_000_000_000L), "height: 4000000000"),
                Arguments.of(writer().saying(0, 256, 2_000_000), "offsets: 6 (expected: one for"),
                Arguments.of(
                        writer().saying(0, 256, 2_000_000).saying(0, 322, 1).saying(0, 323, 1),
                        "400000000 tiles (expected: at most 4194304)"),
                Arguments.of(writer().saying(0, 322, 65_536), "tile width: 65536 (expected:"),
                Arguments.of(writer().saying(1, 323, 0), "directory 1: tile height: 0"),
                Arguments.of(
                        writer().saying(0, 324, 8, 9, 1000, 2000, 3000, 4000),
                        "tiles overlap at byte 9 of the file (expected: no byte in two tiles)"),
                Arguments.of(
                        writer().big().saying(0, 324, 1L << 40, 0, 0, 0, 0, 0),
                        "truncated: directory 0, tile 0,0"),
                Arguments.of(
                        writer().big().saying(0, 324, -5, 0, 0, 0, 0, 0),
                        "truncated: directory 0, tile 0,0"),
                Arguments.of(
                        writer().saying(0, 325, 3_000_000_000L, 1, 1, 1, 1, 1),
                        "tile 0,0 of 3000000000 bytes (expected: at most"),
                Arguments.of(writer().saying(0, 325, 1, 1), "byte counts: 2 (expected: one for"),
                Arguments.of(writer().saying(0, 258, 16, 16, 16), "samples of 16 bits"),
                Arguments.of(writer().saying(0, 259, 6), "compression 6 (expected: none, LZW"),
                Arguments.of(writer().saying(0, 262, 3), "photometric interpretation 3"),
                Arguments.of(
                        writer().saying(0, 259, 34712).saying(0, 262, 6),
                        "photometric interpretation 6, compression 34712"),
                Arguments.of(writer().saying(0, 277, 4), "4 samples a pixel"),
                Arguments.of(writer().saying(0, 284, 2), "planes of their own"),
                Arguments.of(writer().saying(0, 317, 3), "predictor 3 (expected: 1 or 2)"),
                Arguments.of(writer().saying(0, 339, 3), "signed or floating"),
                Arguments.of(
                        writer().leadingTo(0),
                        "TIFF directory 2 at") // and back to the first for ever
                );
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isRefusedWhenItIsOpened(SlideWriter writer, String said) throws IOException {
        Path file = writer.to(folder.resolve("slide.tif"));
        assertThatExceptionOfType(SlideException.class)
                .isThrownBy(() -> Slide.open(file))
                .withMessageStartingWith("slide " + file + ": ")
                .withMessageContaining(said);
    }

    @Test
    void isNoSlide() throws IOException {
        assertRefused("hello there, I am text".getBytes(StandardCharsets.UTF_8), "68 65 6c 6c 6f");
        assertRefused(new byte[0], "empty (expected: a tiled TIFF");
        assertRefused(new byte[] {'I', 'I', 42, 0}, "truncated: a TIFF of 4 bytes");
        assertRefused(new byte[] {'I', 'I', 42, 0, 0, 0, 0, 0}, "TIFF without a directory");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Slide.open(folder.resolve("none.svs")));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Slide.open(folder))
                .withMessageContaining(
                        "a folder without a level of a DICOM slide (expected: the file");
        // Opening a pipe would wait for whoever writes into it.
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Slide.open(Path.of("/dev/zero")))
                .withMessageContaining("/dev/zero: no file that can be read by parts (expected: a");
    }

    private void assertRefused(byte[] bytes, String said) throws IOException {
        Path file = Files.write(folder.resolve("slide.svs"), bytes);
        assertThatExceptionOfType(SlideException.class)
                .isThrownBy(() -> Slide.open(file))
                .withMessageContaining(said);
    }

    /** Whatever is cut off a file, it is refused, and never with another exception. */
    @Test
    void isCutAnywhere() throws IOException {
        byte[] whole = writer().bytes();
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            assertRefused(Arrays.copyOf(whole, random.nextInt(whole.length)), "(expected: ");
        }
    }

    /** Whatever a byte of the directories is, the slide is read or refused by name. */
    @Test
    void hasAWrongByte() throws IOException {
        byte[] whole = writer().big().bytes();
        int directories = whole.length - 1200;
        Random random = new Random(4);
        Path file = folder.resolve("slide.tif");
        int refused = 0;
        for (int i = 0; i < 150; i++) {
            byte[] wrong = whole.clone();
            wrong[directories + random.nextInt(1200)] = (byte) random.nextInt(256);
            Files.write(file, wrong);
            try (Slide slide = Slide.open(file)) {
                slide.tile(0, 0, 0);
            } catch (SlideException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(8, 142);
    }

    @Test
    void hasATileThatIsDamaged() throws IOException {
        byte[] wrong = writer().bytes();
        Arrays.fill(wrong, 20, 40, (byte) 0x55);
        Path file = Files.write(folder.resolve("slide.tif"), wrong);
        try (Slide slide = Slide.open(file)) {
            assertThatExceptionOfType(SlideException.class)
                    .isThrownBy(() -> slide.tile(0, 0, 0))
                    .withMessageContaining("tile 0,0 of level 0: picture: ");
            assertThat(slide.tile(0, 1, 0)).isNotNull();
        }
    }

    @Test
    void hasNoSuchLevelOrTile() throws IOException {
        Path file = writer().to(folder.resolve("slide.tif"));
        try (Slide slide = Slide.open(file)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> slide.level(2))
                    .withMessageContaining("level: 2 of " + file + " (expected: 0..1)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> slide.tile(0, 3, 0))
                    .withMessageContaining("tile: 3,0 of level 0 (expected: inside 3x2)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RegionReader(slide, 1).read(100, 0, 51, 10))
                    .withMessageContaining("inside 150x100");
        }
    }

    /** Three directories of four million tiles each that share two tables of nothing. */
    @Test
    void hasMoreTilesThanMemory() throws IOException {
        Path file = folder.resolve("slide.tif");
        ByteBuffer head = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        head.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        for (int i = 0; i < 3; i++) {
            int side = 2000 - i;
            int tiles = side * side;
            int[][] entries = {
                {254, 4, 1, Math.min(i, 1)},
                {256, 4, 1, side},
                {257, 4, 1, side},
                {258, 3, 1, 8},
                {259, 3, 1, 1},
                {262, 3, 1, 1},
                {277, 3, 1, 1},
                {322, 4, 1, 1},
                {323, 4, 1, 1},
                {324, 4, tiles, 4096},
                {325, 4, tiles, 4096 + 4 * 4_000_000}
            };
            head.putShort((short) entries.length);
            for (int[] entry : entries) {
                head.putShort((short) entry[0]).putShort((short) entry[1]);
                head.putInt(entry[2]).putInt(entry[3]);
            }
            head.putInt(i == 2 ? 0 : head.position() + 4);
        }
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(head.array());
            out.setLength(4096 + 8L * 4_000_000);
        }
        assertThatExceptionOfType(SlideException.class)
                .isThrownBy(() -> Slide.open(file))
                .withMessageContaining("11988005 tiles in all levels (expected: at most 8388608)");
    }

    /** A picture in strips is for predict. */
    @Test
    void isInStrips() throws IOException {
        Path file = folder.resolve("picture.tif");
        ImageIO.write(levels().get(0).toBufferedImage(), "tiff", file.toFile());
        assertThatExceptionOfType(SlideException.class)
                .isThrownBy(() -> Slide.open(file))
                .withMessageContaining("a TIFF in strips (expected: in tiles");
    }

    /** Programs that know no scale write 72 dots an inch. */
    @Test
    void hasNoScaleThatAMicroscopeHas() throws IOException {
        Path file = writer().resolution(25_400 / 72.0).to(folder.resolve("slide.tif"));
        try (Slide slide = Slide.open(file)) {
            assertThat(slide.micrometresPerPixel()).isEmpty();
        }
        Path aperio = writer().aperio("no scale").to(folder.resolve("slide.svs"));
        try (Slide slide = Slide.open(aperio)) {
            assertThat(slide.micrometresPerPixel()).isEmpty();
        }
    }
}
