package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.medzoo.batch.slide.DicomWriter.Offsets;
import dev.medzoo.batch.slide.DicomWriter.Syntax;
import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Slides of DICOM: a file a level, found by their series. */
@Tag("slow")
class DicomSlideTest {
    @TempDir Path folder = Path.of("");

    private static List<RgbPicture> levels() {
        return DrawnSlide.pyramid(DrawnSlide.disc(300, 260, new Random(11)), 2, 2);
    }

    private Path write(Syntax syntax, Offsets offsets, int fragments) throws IOException {
        for (int i = 0; i < 2; i++) {
            new DicomWriter(syntax, offsets, levels().get(i), 0.5 * (1 << i))
                    .fragments(fragments)
                    .to(folder.resolve("level-" + i + ".dcm"));
        }
        return folder.resolve("level-1.dcm");
    }

    private static byte[] pixels(Slide slide, int level) throws IOException {
        SlideLevel of = slide.level(level);
        return new RegionReader(slide, level).read(0, 0, (int) of.width(), (int) of.height()).rgb();
    }

    @ParameterizedTest
    @CsvSource({
        "NATIVE, NONE, 1",
        "JPEG, NONE, 1",
        "JPEG, BASIC, 1",
        "JPEG, BASIC, 3",
        "JPEG, EXTENDED, 1",
        "JPEG_2000, BASIC, 1"
    })
    void readsEveryLevelOfTheSeries(Syntax syntax, Offsets offsets, int fragments)
            throws IOException {
        Path file = write(syntax, offsets, fragments);
        Files.writeString(folder.resolve("notes.txt"), "beside it");
        try (Slide slide = Slide.open(file);
                Slide same = Slide.open(folder)) {
            assertThat(slide.format()).startsWith("DICOM, ");
            assertThat(slide.micrometresPerPixel()).hasValue(0.5);
            assertThat(slide.levels())
                    .extracting(SlideLevel::toString)
                    .containsExactly("300x260", "150x130");
            assertThat(slide.level(1).downsample()).isEqualTo(2);
            assertThat(pixels(same, 1)).isEqualTo(pixels(slide, 1));
            for (int i = 0; i < 2; i++) {
                assertThat(Arrays.mismatch(pixels(slide, i), expected(syntax, i))).isNegative();
            }
        }
    }

    /** What has no loss is as it was drawn; a JPEG is as in a TIFF, which OpenSlide reads alike. */
    private byte[] expected(Syntax syntax, int level) throws IOException {
        if (syntax != Syntax.JPEG) {
            return levels().get(level).rgb();
        }
        Path tiff = new SlideWriter(Coding.JPEG_420, levels()).to(folder.resolve("same.tif"));
        try (Slide slide = Slide.open(tiff)) {
            return pixels(slide, level);
        }
    }

    /** DCMTK decodes the frames of the same file to the same pixels. */
    @Test
    void dcmtkReadsTheSamePixels() throws Exception {
        Path file = write(Syntax.NATIVE, Offsets.NONE, 1);
        Path ppm = folder.resolve("frame.ppm");
        Process dcmtk =
                new ProcessBuilder("dcm2pnm", "--frame", "2", file.toString(), ppm.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("dcmtk.txt").toFile())
                        .start();
        assertThat(dcmtk.waitFor(60, TimeUnit.SECONDS)).isTrue();
        byte[] theirs = Files.readAllBytes(ppm);
        try (Slide slide = Slide.open(file)) {
            RgbPicture tile = Objects.requireNonNull(slide.tile(1, 1, 0));
            byte[] pixels =
                    Arrays.copyOfRange(theirs, theirs.length - 3 * 128 * 128, theirs.length);
            assertThat(tile.rgb()).isEqualTo(pixels);
        }
    }

    private static DicomWriter writer() {
        return new DicomWriter(Syntax.JPEG, Offsets.BASIC, levels().get(1), 1);
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of(
                        writer().saying(0x00080008, "CS", "ORIGINAL\\PRIMARY\\LABEL\\NONE"),
                        "a label, overview or thumbnail (expected: a level"),
                Arguments.of(
                        writer().saying(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7"),
                        "a DICOM picture (expected: a level of a whole slide"),
                Arguments.of(
                        writer().saying(0x00209311, "CS", "TILED_SPARSE"),
                        "DICOM slide of TILED_SPARSE, whose tiles may lie anywhere (expected: TILED_FULL)"),
                Arguments.of(writer().saying(0x00480303, "US", 3), "several focal planes"),
                Arguments.of(writer().saying(0x00480302, "UL", 2), "several optical paths"),
                Arguments.of(writer().saying(0x00209161, "UI", "1.2"), "in several files"),
                Arguments.of(writer().saying(0x00280301, "CS", "YES"), "burned-in annotation"),
                Arguments.of(writer().saying(0x00480006, "UL", 0), "columns: 0 (expected: 1.."),
                Arguments.of(
                        writer().saying(0x00480006, "UL", 40_000_000),
                        "columns: 40000000 (expected: 1..2000000)"),
                Arguments.of(
                        writer().saying(0x00280008, "IS", "5"),
                        "5 frames (expected: one for each of 4 tiles"),
                Arguments.of(writer().frames(3), "basic offset table of 12 bytes (expected: 16)"),
                Arguments.of(
                        writer().saying(0x00280010, "US", 60_000).saying(0x00280011, "US", 60_000),
                        "tiles of 60000x60000 pixels (expected: at most"),
                Arguments.of(
                        new DicomWriter(Syntax.NATIVE, Offsets.NONE, levels().get(1), 1).frames(2),
                        "truncated: its pixel data"),
                Arguments.of(
                        new DicomWriter(Syntax.JPEG, Offsets.NONE, levels().get(1), 1).frames(2),
                        "no fragment at byte"),
                Arguments.of(
                        new DicomWriter(Syntax.JPEG, Offsets.EXTENDED, levels().get(1), 1)
                                .saying(0x7fe00001, "OV", new byte[32]),
                        "frame 2 at offset 0 (expected: after the one before"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isRefused(DicomWriter writer, String said) throws IOException {
        Path file = writer.to(folder.resolve("slide.dcm"));
        assertThatExceptionOfType(SlideException.class)
                .isThrownBy(() -> Slide.open(file))
                .withMessageStartingWith("slide " + file + ": ")
                .withMessageContaining(said)
                .withMessageNotContaining("Nobody");
    }

    /** A slide without its finest level would have other coordinates. */
    @Test
    void aLevelThatCannotBeReadIsNotLeftOut() throws IOException {
        Path file = write(Syntax.JPEG, Offsets.BASIC, 1);
        new DicomWriter(Syntax.JPEG, Offsets.BASIC, levels().get(0), 0.5)
                .saying(0x00209311, "CS", "TILED_SPARSE")
                .to(folder.resolve("level-0.dcm"));
        assertThatExceptionOfType(SlideException.class)
                .isThrownBy(() -> Slide.open(file))
                .withMessageContaining("level-0.dcm: DICOM slide of TILED_SPARSE");
    }

    @Test
    void otherSeriesAndLabelsAreLeftOut() throws IOException {
        Path file = write(Syntax.JPEG, Offsets.BASIC, 1);
        writer().saying(0x0020000e, "UI", "1.9").to(folder.resolve("other.dcm"));
        writer().saying(0x00080008, "CS", "ORIGINAL\\PRIMARY\\LABEL\\NONE")
                .to(folder.resolve("label.dcm"));
        try (Slide slide = Slide.open(file)) {
            assertThat(slide.levels()).hasSize(2);
        }
    }

    @Test
    void isCutAnywhere() throws IOException {
        byte[] whole = writer().bytes();
        Random random = new Random(12);
        Path file = folder.resolve("slide.dcm");
        for (int i = 0; i < 40; i++) {
            Files.write(file, Arrays.copyOf(whole, 140 + random.nextInt(whole.length - 150)));
            try (Slide slide = Slide.open(file)) {
                assertThatExceptionOfType(SlideException.class)
                        .isThrownBy(() -> slide.tile(0, 1, 1));
            } catch (SlideException e) {
                assertThat(e).hasMessageContaining("slide.dcm: ");
            }
        }
    }

    @Test
    void aFolderWithoutASlideIsSaidToBeOne() throws IOException {
        Files.write(folder.resolve("a.txt"), "text".getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Slide.open(folder))
                .withMessageContaining(
                        "a folder without a level of a DICOM slide (expected: the file");
    }
}
