package dev.medzoo.translate.transform;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.Golden;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The colour steps against numpy; {@code colour_goldens.py} draws and computes. */
class ColourStepTest {
    private static final List<String> DRAWN =
            List.of("lesion-warm", "lesion-cold", "tissue-pale", "tissue-dark", "glass", "black");

    static Stream<Arguments> cases() {
        return DRAWN.stream()
                .flatMap(
                        name ->
                                Stream.of(ColourStep.values())
                                        .map(step -> Arguments.of(name, step)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesThePixelsOfNumpy(String name, ColourStep step) throws TranslateException {
        RgbPicture picture = picture(name);
        String width = String.valueOf(picture.width());
        String height = String.valueOf(picture.height());
        RgbPicture expected =
                Golden.picture("colour/%s-%s.rgb".formatted(name, step), width, height);

        // Sums in another order may round a pixel the other way.
        assertThat(Golden.difference(step.apply(picture), expected)).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "SHADES_OF_GREY, lesion-warm, lesion-cold",
        "STAINS, tissue-pale, tissue-dark",
    })
    void whatLooksOtherComesNearer(ColourStep step, String one, String other)
            throws TranslateException {
        double before = apart(picture(one), picture(other));
        double after = apart(step.apply(picture(one)), step.apply(picture(other)));

        assertThat(after).isLessThan(before / 2);
    }

    @ParameterizedTest
    @EnumSource(ColourStep.class)
    void isThePartOfTheTransformBeforeScaling(ColourStep step) throws TranslateException {
        Transform plain = Transform.square(32);
        Transform coloured = Transform.square(32, Transform.Fit.SQUASH, step);
        RgbPicture tissue = picture("tissue-dark");

        assertThat(coloured.pixels(tissue).rgb())
                .isEqualTo(step.apply(plain.pixels(tissue)).rgb())
                .isNotEqualTo(plain.pixels(tissue).rgb());
    }

    @ParameterizedTest
    @EnumSource(ColourStep.class)
    void aPlainPictureStaysFinite(ColourStep step) {
        RgbPicture pink = new RgbPicture(4, 4, pixels(16, 240, 170, 190));

        assertThat(step.apply(pink).rgb()).hasSize(48);
    }

    private static byte[] pixels(int count, int r, int g, int b) {
        byte[] rgb = new byte[3 * count];
        for (int i = 0; i < count; i++) {
            rgb[3 * i] = (byte) r;
            rgb[3 * i + 1] = (byte) g;
            rgb[3 * i + 2] = (byte) b;
        }
        return rgb;
    }

    /** Distance of the two mean colours, in levels. */
    private static double apart(RgbPicture one, RgbPicture other) {
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            double difference = mean(one, channel) - mean(other, channel);
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private static double mean(RgbPicture picture, int channel) {
        double sum = 0;
        for (int i = channel; i < picture.rgb().length; i += 3) {
            sum += picture.rgb()[i] & 0xff;
        }
        return 3 * sum / picture.rgb().length;
    }

    private static RgbPicture picture(String name) throws TranslateException {
        return new PictureDecoder().decode(Golden.bytes("colour/" + name + ".png"));
    }
}
