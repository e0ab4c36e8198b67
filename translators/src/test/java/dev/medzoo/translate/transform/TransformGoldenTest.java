package dev.medzoo.translate.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.Golden;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Resize and crop against Pillow, up and down, odd sizes, both filters. */
@Tag("jdk")
class TransformGoldenTest {
    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> DEVIATION = List.of(0.229, 0.224, 0.225);

    static Stream<List<String>> cases() {
        return Golden.rows("transform/cases.csv");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesThePixelsOfPillow(List<String> row) throws TranslateException {
        RgbPicture expected = expected(row);
        RgbPicture pixels = transform(row).pixels(picture(row));
        // What is promised is 1/255 before normalisation; what holds is no difference at all.
        assertThat(Golden.difference(pixels, expected)).isLessThanOrEqualTo(1);
        assertThat(pixels.rgb()).isEqualTo(expected.rgb());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void normalisesThePixelsOfPillow(List<String> row) throws TranslateException {
        RgbPicture expected = expected(row);
        float[] values = transform(row).apply(picture(row));
        int area = expected.width() * expected.height();
        assertThat(values).hasSize(3 * area);
        for (int i = 0; i < values.length; i++) {
            int channel = i / area;
            double scaled = (expected.rgb()[3 * (i % area) + channel] & 0xff) / 255.0;
            double normalised = (scaled - MEAN.get(channel)) / DEVIATION.get(channel);
            assertThat((double) values[i]).isCloseTo(normalised, within(1e-6));
        }
    }

    private static RgbPicture picture(List<String> row) throws TranslateException {
        return new PictureDecoder().decode(Golden.bytes("transform/" + row.get(0) + ".png"));
    }

    private static RgbPicture expected(List<String> row) {
        return Golden.picture("transform/" + row.get(7), row.get(4), row.get(5));
    }

    private static Transform transform(List<String> row) {
        return new Transform(
                Transform.Fit.valueOf(row.get(1)),
                new InputSize(Integer.parseInt(row.get(2)), Integer.parseInt(row.get(3))),
                new InputSize(Integer.parseInt(row.get(4)), Integer.parseInt(row.get(5))),
                Interpolation.valueOf(row.get(6)),
                MEAN,
                DEVIATION);
    }
}
