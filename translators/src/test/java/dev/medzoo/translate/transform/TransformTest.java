package dev.medzoo.translate.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.medzoo.translate.decode.Drawn;
import dev.medzoo.translate.decode.Golden;
import dev.medzoo.translate.decode.Orientation;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTest {
    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

    static Stream<Random> seeds() {
        return IntStream.range(0, 10).mapToObj(Random::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesAPictureOfTheRightSizeAsItIs(Random random) {
        RgbPicture picture = Drawn.noise(random);
        InputSize size = new InputSize(picture.width(), picture.height());
        for (Interpolation interpolation : Interpolation.values()) {
            RgbPicture same = Resampler.resize(picture, size, interpolation);
            assertThat(same.rgb()).isEqualTo(picture.rgb());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQUASH, 1, 200000, 25600000",
        "COVER, 1, 2000, 32768000",
        "COVER, 2000, 1, 32768000",
        "COVER, 1, 60000, 983040000"
    })
    void refusesAPictureThatIsFarTooNarrow(
            Transform.Fit fit, int width, int height, long onTheWay) {
        RgbPicture narrow = new RgbPicture(width, height, new byte[3 * width * height]);
        assertThatThrownBy(() -> Transform.square(128, fit, null).apply(narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "%dx%d pixels, which resizing turns into %d (expected: at most 20000000, so a less extreme aspect ratio)"
                                .formatted(width, height, onTheWay));
    }

    @Test
    void takesAPictureWhoseSidesDifferAThousandfold() {
        RgbPicture narrow = new RgbPicture(1, 1000, new byte[3000]);
        for (Transform.Fit fit : Transform.Fit.values()) {
            assertThat(Transform.square(128, fit, null).apply(narrow)).containsOnly(-1f);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesOneColourThatColour(Random random) {
        byte[] rgb = new byte[3 * 41 * 29];
        byte value = (byte) random.nextInt(256);
        Arrays.fill(rgb, value);
        RgbPicture picture = new RgbPicture(41, 29, rgb);
        InputSize size = new InputSize(1 + random.nextInt(90), 1 + random.nextInt(90));
        for (Interpolation interpolation : Interpolation.values()) {
            RgbPicture resized = Resampler.resize(picture, size, interpolation);
            assertThat(resized.rgb()).containsOnly(value);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void resizesAMirroredPictureToTheMirroredResult(Random random) {
        RgbPicture picture = Drawn.noise(random);
        InputSize size = new InputSize(1 + random.nextInt(60), 1 + random.nextInt(60));
        RgbPicture first = Orientation.upright(picture, 2);
        RgbPicture mirroredFirst = Resampler.resize(first, size, Interpolation.BILINEAR);
        RgbPicture resized = Resampler.resize(picture, size, Interpolation.BILINEAR);
        // A weight on the edge of rounding may fall either way.
        assertThat(Golden.difference(mirroredFirst, Orientation.upright(resized, 2)))
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void coversTheSizeWithoutStretching(Random random) {
        RgbPicture picture = Drawn.noise(random);
        InputSize size = InputSize.square(1 + random.nextInt(50));
        Transform transform =
                new Transform(Transform.Fit.COVER, size, size, Interpolation.BILINEAR, HALF, HALF);
        RgbPicture pixels = transform.pixels(picture);
        assertThat(new InputSize(pixels.width(), pixels.height())).isEqualTo(size);
    }

    @Test
    void bringsBlackAndWhiteToMinusOneAndOne() {
        byte[] rgb = {0, 0, 0, (byte) 255, (byte) 255, (byte) 255};
        float[] values = squash(new InputSize(2, 1)).apply(new RgbPicture(2, 1, rgb));
        assertThat(values).containsExactly(-1, 1, -1, 1, -1, 1);
    }

    @Test
    void putsTheChannelsOneAfterTheOther() {
        byte[] rgb = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255};
        float[] values = squash(new InputSize(3, 1)).apply(new RgbPicture(3, 1, rgb));
        assertThat(values).containsExactly(1, -1, -1, -1, 1, -1, -1, -1, 1);
    }

    @Test
    void survivesJson() throws JsonProcessingException {
        Transform transform =
                new Transform(
                        Transform.Fit.COVER,
                        new InputSize(100, 80),
                        new InputSize(96, 64),
                        Interpolation.BICUBIC,
                        List.of(0.485, 0.456, 0.406),
                        List.of(0.229, 0.224, 0.225));
        String json = Json.MAPPER.writeValueAsString(transform);
        assertThat(Json.MAPPER.readValue(json, Transform.class)).isEqualTo(transform);
    }

    @Test
    void refusesACropLargerThanTheResize() {
        assertThatThrownBy(
                        () ->
                                new Transform(
                                        Transform.Fit.SQUASH,
                                        InputSize.square(96),
                                        InputSize.square(97),
                                        Interpolation.BILINEAR,
                                        HALF,
                                        HALF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crop: 97x97 (expected: inside resize 96x96)");
    }

    @Test
    void refusesADeviationOfZero() {
        InputSize size = InputSize.square(8);
        assertThatThrownBy(
                        () ->
                                new Transform(
                                        Transform.Fit.SQUASH,
                                        size,
                                        size,
                                        Interpolation.BILINEAR,
                                        HALF,
                                        List.of(0.5, 0.0, 0.5)))
                .hasMessage("deviation: [0.5, 0.0, 0.5] (expected: 3 numbers in (0, 1])");
    }

    @Test
    void refusesASizeOfZero() {
        assertThatThrownBy(() -> new InputSize(0, 5))
                .hasMessage("input size: 0x5 (expected: both > 0)");
    }

    private static Transform squash(InputSize size) {
        return new Transform(Transform.Fit.SQUASH, size, size, Interpolation.BILINEAR, HALF, HALF);
    }
}
