package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.zoo.artifact.TrainedScale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TissueMapTest {
    private static final TrainedScale SCALE = new TrainedScale(4, 10);

    @TempDir Path folder = Path.of("");

    private TissueMap map(List<RgbPicture> levels, TrainedScale scale) throws IOException {
        Path file =
                new SlideWriter(Coding.DEFLATE, levels)
                        .resolution(1)
                        .to(folder.resolve("slide.tif"));
        try (Slide slide = Slide.open(file)) {
            return TissueMap.of(slide, TileGrid.of(slide, 1, scale));
        }
    }

    private static RgbPicture plain(int rgb) {
        byte[] pixels = new byte[3 * 200 * 200];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (rgb >> (16 - 8 * (i % 3)));
        }
        return new RgbPicture(200, 200, pixels);
    }

    /** From one level alone, and from a coarser one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void findsTheDisc(int levels) throws IOException {
        RgbPicture disc = DrawnSlide.disc(400, 400, new Random(6));
        TissueMap map = map(DrawnSlide.pyramid(disc, 2, levels), SCALE);

        assertThat(map.picture().width()).isEqualTo(40);
        assertThat(map.share(5, 5)).isEqualTo(1);
        assertThat(map.share(0, 0)).isZero();
        double fields = 0;
        for (int i = 0; i < 100; i++) {
            fields += map.share(i % 10, i / 10);
        }
        assertThat(fields / 100).isBetween(0.35, 0.42); // π · .35² = .385
    }

    @Test
    void thereIsNoneOnCleanGlassAndAllOfThePictureIfItIsAllTissue() throws IOException {
        assertThat(map(List.of(plain(0xf0eef1)), SCALE).share(2, 2)).isZero();
        assertThat(map(List.of(plain(0xd68ebe)), SCALE).share(2, 2)).isEqualTo(1);
        assertThat(map(List.of(plain(0x0a0004)), SCALE).share(2, 2)).isZero();
    }

    /** Otsu alone would split the tissue, and take fat and stroma for glass. */
    @Test
    void paleTissueBesideDarkIsTissueToo() throws IOException {
        byte[] rgb = plain(0xd68ebe).rgb();
        System.arraycopy(plain(0xf0d6e6).rgb(), 0, rgb, 0, rgb.length / 2);
        TissueMap map = map(List.of(new RgbPicture(200, 200, rgb)), SCALE);
        assertThat(map.share(1, 0)).isEqualTo(1);
        assertThat(map.share(1, 4)).isEqualTo(1);
    }

    @Test
    void whatTheFileDoesNotHaveIsGlass() throws IOException {
        Path file =
                new SlideWriter(Coding.DEFLATE, List.of(plain(0xd68ebe)))
                        .tiles(96, 96)
                        .without(0, 0)
                        .to(folder.resolve("slide.tif"));
        try (Slide slide = Slide.open(file)) {
            TissueMap map = TissueMap.of(slide, TileGrid.of(slide, 1, SCALE));
            assertThat(map.share(0, 0)).isZero();
            assertThat(map.share(4, 4)).isEqualTo(1);
            assertThat(Arrays.copyOf(map.picture().rgb(), 3)).containsExactly(255, 255, 255);
        }
    }
}
