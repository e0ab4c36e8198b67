package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.zoo.artifact.TrainedScale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileGridTest {
    private static final TrainedScale SCALE = new TrainedScale(4, 50);

    @TempDir Path folder = Path.of("");

    /** 800 x 600 pixels, and copies 2 and 4 times coarser. */
    private Slide slide() throws IOException {
        RgbPicture disc = DrawnSlide.disc(800, 600, new Random(7));
        return Slide.open(
                new SlideWriter(Coding.NONE, DrawnSlide.pyramid(disc, 2, 3))
                        .to(folder.resolve("slide.tif")));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1.05, 2", "1.2, 1", "2, 1", "2.5, 0", "4.4, 0", "0.5, 2"})
    void readsTheCoarsestLevelThatShowsEnough(double micrometres, int level) throws IOException {
        try (Slide slide = slide()) {
            assertThat(TileGrid.of(slide, micrometres, SCALE).number()).isEqualTo(level);
        }
    }

    @Test
    void fieldsLieSideBySide() throws IOException {
        try (Slide slide = slide()) {
            TileGrid grid = TileGrid.of(slide, 1.06, SCALE);
            assertThat(grid.step()).isEqualTo(200 / 4.24);
            assertThat(grid.columns()).isEqualTo(4);
            assertThat(grid.rows()).isEqualTo(3);
            assertThat(grid.side()).isEqualTo(47);
            assertThat(grid.x(0)).isZero();
            assertThat(grid.x(1)).isEqualTo(47);
            assertThat(grid.x(3)).isEqualTo(142);
            assertThat(grid.finest(3)).isEqualTo(566);
            assertThat(grid.squareMillimetres()).isEqualTo(0.04, offset(1e-12));
        }
    }

    @Test
    void refusesASlideTooCoarseAndTooSmall() throws IOException {
        try (Slide slide = slide()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TileGrid.of(slide, 4.5, SCALE))
                    .withMessageContaining("4.5 micrometres a pixel (expected: at most 4.400");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TileGrid.of(slide, 0.2, SCALE))
                    .withMessageContaining(
                            "0 fields of 250.0 pixels (expected: 1..2000000 fields)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TileGrid.of(slide, 1, SCALE, 3))
                    .withMessageContaining("level: 3 of");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TileGrid.of(slide, 3, SCALE, 2))
                    .withMessageContaining("12.00 micrometres a pixel (expected: at most 8.000)");
        }
    }
}
