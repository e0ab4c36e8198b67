package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every pixel of every level equals what OpenSlide reads, bit for bit, JPEG included. */
@Tag("slow")
class OpenSlideTest {
    private static final String SCALE = "400x300 [0,0 400x300]|AppMag = 40|MPP = 0.2527|Left = 1";

    @TempDir static Path folder = Path.of("");

    private static Map<Path, OpenSlideReading> readings = Map.of();

    @BeforeAll
    static void readBoth() throws IOException {
        List<RgbPicture> levels =
                DrawnSlide.pyramid(DrawnSlide.disc(400, 300, new Random(1)), 2, 2);
        List<Path> slides = new ArrayList<>();
        for (Coding coding : Coding.values()) {
            slides.add(new SlideWriter(coding, levels).aperio(SCALE).to(aperio(coding)));
        }
        for (Coding coding : bigTiffs()) {
            slides.add(
                    new SlideWriter(coding, levels)
                            .big()
                            .bigEndian()
                            .tiles(256, 64)
                            .resolution(0.5)
                            .to(big(coding)));
        }
        slides.add(
                new SlideWriter(Coding.DEFLATE, levels.subList(0, 1))
                        .aperio(SCALE)
                        .without(0, 0)
                        .without(0, 7)
                        .to(sparse()));
        readings = OpenSlideReading.of(slides, folder);
    }

    private static List<Coding> bigTiffs() {
        return List.of(Coding.NONE, Coding.LZW_PREDICTED, Coding.DEFLATE, Coding.JPEG_420);
    }

    private static Path aperio(Coding coding) {
        return folder.resolve(coding + ".svs");
    }

    private static Path big(Coding coding) {
        return folder.resolve(coding + ".tif");
    }

    private static Path sparse() {
        return folder.resolve("sparse.svs");
    }

    private static void checkEqual(Path file, String vendor, double mpp) throws IOException {
        OpenSlideReading theirs = Objects.requireNonNull(readings.get(file));
        assertThat(theirs.vendor()).isEqualTo(vendor);
        assertThat(theirs.micrometresPerPixel()).isEqualTo(mpp);
        try (Slide slide = Slide.open(file)) {
            assertThat(slide.micrometresPerPixel()).hasValue(mpp);
            assertThat(slide.levels()).extracting(SlideLevel::toString).isEqualTo(theirs.levels());
            for (int i = 0; i < slide.levels().size(); i++) {
                SlideLevel level = slide.level(i);
                byte[] ours =
                        new RegionReader(slide, i)
                                .read(0, 0, (int) level.width(), (int) level.height())
                                .rgb();
                assertThat(Arrays.mismatch(ours, theirs.level(i)))
                        .as("where level %d differs", i)
                        .isNegative();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsTheSamePixelsOfAnAperioSlide(Coding coding) throws IOException {
        checkEqual(aperio(coding), "aperio", 0.2527);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "LZW_PREDICTED", "DEFLATE", "JPEG_420"})
    void readsTheSamePixelsOfABigTiff(Coding coding) throws IOException {
        checkEqual(big(coding), "generic-tiff", 0.5);
    }

    /** OpenSlide knows absent tiles in Aperio's files alone, and fills them from other levels. */
    @Test
    void readsTheSamePixelsOfASparseSlide() throws IOException {
        checkEqual(sparse(), "aperio", 0.2527);
    }
}
