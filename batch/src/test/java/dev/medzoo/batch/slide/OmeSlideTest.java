package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OME-TIFF: its levels lie below the first directory, and its scale in an XML document. */
class OmeSlideTest {
    private static final String SCALE = "PhysicalSizeX=\"0.25\" PhysicalSizeY=\"0.25\"";
    private static final List<RgbPicture> LEVELS =
            DrawnSlide.pyramid(DrawnSlide.disc(400, 300, new Random(1)), 2, 3);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsEveryPixelOfEveryLevel(boolean isBig) throws IOException {
        SlideWriter writer = new SlideWriter(Coding.DEFLATE, LEVELS).ome(SCALE);
        Path file = (isBig ? writer.big() : writer).to(folder.resolve("slide.ome.tif"));
        try (Slide slide = Slide.open(file)) {
            assertThat(slide.format())
                    .isEqualTo(isBig ? "OME-BigTIFF, deflate" : "OME-TIFF, deflate");
            assertThat(slide.micrometresPerPixel()).hasValue(0.25);
            assertThat(slide.levels()).hasSize(3);
            for (int i = 0; i < 3; i++) {
                RgbPicture drawn = LEVELS.get(i);
                assertThat(new RegionReader(slide, i).read(0, 0, drawn.width(), drawn.height()))
                        .extracting(RgbPicture::rgb)
                        .isEqualTo(drawn.rgb());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PhysicalSizeX="0.5" PhysicalSizeXUnit="µm" PhysicalSizeY="0.5" PhysicalSizeYUnit="µm"       | 0.5
                    PhysicalSizeX="250" PhysicalSizeXUnit="nm" PhysicalSizeY="2.5E-4" PhysicalSizeYUnit="mm"    | 0.25
                    PhysicalSizeX="1" PhysicalSizeXUnit="pixel" PhysicalSizeY="1" PhysicalSizeYUnit="pixel"     | 2
                    SizeX="400" SizeY="300"                                                                     | 2
                    """)
    void readsItsScale(String pixels, double micrometres) throws IOException {
        Path file =
                new SlideWriter(Coding.LZW, LEVELS)
                        .resolution(2)
                        .ome(pixels)
                        .to(folder.resolve("scale.ome.tif"));
        try (Slide slide = Slide.open(file)) {
            assertThat(slide.micrometresPerPixel()).hasValue(micrometres);
        }
    }

    @Test
    void refusesPixelsThatAreNoSquaresAndDirectoriesThatLeadBack() throws IOException {
        Path oblong =
                new SlideWriter(Coding.LZW, LEVELS)
                        .ome("PhysicalSizeX=\"0.25\" PhysicalSizeY=\"0.5\"")
                        .to(folder.resolve("oblong.ome.tif"));
        Path loop =
                new SlideWriter(Coding.LZW, LEVELS)
                        .saying(0, 330, 8, 8)
                        .to(folder.resolve("loop.ome.tif"));
        assertThatExceptionOfType(SlideException.class)
                .isThrownBy(() -> Slide.open(oblong))
                .withMessageContaining("0.25 x 0.5 micrometres (expected: squares)");
        assertThatExceptionOfType(SlideException.class).isThrownBy(() -> Slide.open(loop));
    }
}
