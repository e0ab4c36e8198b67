package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Interpolation;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.translate.transform.Transform.Fit;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large JPEGs at a part of their size give nearly what they give at all of it. */
@Tag("slow")
class JpegReducerTest {
    /** No multiple of any group of blocks, and just above 2 megapixels. */
    private static final BufferedImage SCENE = Drawn.scene(1811, 1203, new Random(1));

    private static final double MOST_MEAN_DIFFERENCE = 2;

    private final PictureDecoder decoder = new PictureDecoder();

    static Stream<Random> seeds() {
        return IntStream.range(0, 10).mapToObj(Random::new);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, .9",
        "2, 1, .9",
        "2, 2, .9",
        "4, 1, .9",
        "1, 2, .9",
        "3, 1, .9",
        "4, 2, .9",
        "1, 1, .5",
        "2, 1, .5",
        "2, 2, .5",
        "4, 1, .5",
        "1, 2, .5",
        "2, 2, .98"
    })
    void isNearTheWholePictureInEverySampling(int across, int down, double quality)
            throws Exception {
        Jpegs jpegs = new Jpegs().sampling(across, down).quality(quality);
        assertNear(jpegs.write(SCENE));
        assertNear(jpegs.progressive().write(SCENE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 114, 5000})
    void isNearTheWholePictureWithRestartMarkers(int interval) throws Exception {
        byte[] jpeg = new Jpegs().restartInterval(interval).write(SCENE);
        assertNear(jpeg);
    }

    @Test
    void isNearTheWholePictureInGrey() throws Exception {
        BufferedImage grey = new BufferedImage(1811, 1203, BufferedImage.TYPE_BYTE_GRAY);
        grey.createGraphics().drawImage(SCENE, 0, 0, null);
        assertNear(new Jpegs().write(grey));
        assertNear(new Jpegs().progressive().write(grey));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void isNearTheWholePictureHoweverTheCameraWasHeld(int orientation) throws Exception {
        assertNear(Jpegs.turned(new Jpegs().write(SCENE), orientation));
    }

    @Test
    void coversAndCropsAsTheWholePictureDoes() throws Exception {
        byte[] jpeg = new Jpegs().write(SCENE);
        RgbPicture whole = decoder.decode(jpeg);
        InputSize crop = new InputSize(100, 120);
        List<Double> half = List.of(0.5, 0.5, 0.5);
        for (Interpolation interpolation : Interpolation.values()) {
            Transform transform =
                    new Transform(
                            Fit.COVER, InputSize.square(150), crop, interpolation, half, half);
            assertNear(jpeg, whole, transform);
        }
    }

    @Test
    void leavesPicturesUnderTwoMegapixelsAsTheyAre() throws Exception {
        byte[] jpeg = new Jpegs().write(SCENE.getSubimage(0, 0, 1662, 1203));
        Transform transform = Transform.square(64);
        assertThat(input(jpeg, transform)).isEqualTo(transform.apply(decoder.decode(jpeg)));
    }

    @Test
    void leavesPicturesThatAreNeededLargeAsTheyAre() throws Exception {
        byte[] jpeg = new Jpegs().write(SCENE);
        Transform transform = Transform.square(402);
        assertThat(input(jpeg, transform)).isEqualTo(transform.apply(decoder.decode(jpeg)));
    }

    @ParameterizedTest
    @CsvSource({"401, 906", "200, 453", "100, 227", "30, 227"})
    void decodesNoMoreThanIsNeeded(int side, int width) throws Exception {
        byte[] jpeg = new Jpegs().write(SCENE);
        CoarsePicture coarse =
                decoder.decode(
                        jpeg,
                        PictureOptions.USUAL,
                        (across, down) -> Math.min(across, down) / (double) side,
                        () -> true);
        assertThat(coarse.pixels().width()).isEqualTo(width);
        assertThat(List.of(coarse.width(), coarse.height())).containsExactly(1811, 1203);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesEveryPartOfAFile(boolean isProgressive) {
        Jpegs jpegs = isProgressive ? new Jpegs().progressive() : new Jpegs();
        byte[] whole = jpegs.write(SCENE);
        for (int eighths = 1; eighths < 8; eighths++) {
            byte[] part = Arrays.copyOf(whole, whole.length / 8 * eighths);
            assertRefused(part, "JPEG");
        }
        assertRefused(Arrays.copyOf(whole, whole.length - 2), "truncated ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesAFileWhosePixelsEndEarly(boolean hasRestarts) {
        byte[] whole = new Jpegs().restartInterval(hasRestarts ? 30 : 0).write(SCENE);
        byte[] cut = Arrays.copyOf(whole, whole.length * 3 / 4);
        cut[cut.length - 2] = (byte) 0xff;
        cut[cut.length - 1] = (byte) 0xd9;
        assertRefused(cut, "truncated or damaged JPEG (Corrupt JPEG data: premature end of data");
    }

    @Test
    void makesOnlyTheCodesThatTheScanUses() throws Exception {
        byte[] jpeg = new Jpegs().write(SCENE);
        // A code of one symbol, in place of none that is used.
        byte[] code = new byte[23];
        code[0] = (byte) 0xff;
        code[1] = (byte) 0xc4;
        code[3] = 21;
        code[4] = 0x13;
        code[6] = 2;
        int codes = 200_000;
        ByteBuffer longer = ByteBuffer.allocate(jpeg.length + codes * code.length);
        longer.put(jpeg, 0, 2);
        for (int i = 0; i < codes; i++) {
            longer.put(code);
        }
        longer.put(jpeg, 2, jpeg.length - 2);
        assertThat(input(longer.array(), Transform.square(64)))
                .isEqualTo(input(jpeg, Transform.square(64)));
    }

    @Test
    void keepsNoMoreRestartMarkersThanTheScanNeeds() {
        byte[] markers = new byte[2_000_000];
        for (int i = 0; i < markers.length; i += 2) {
            markers[i] = (byte) 0xff;
            markers[i + 1] = (byte) (0xd0 | (i / 2 & 7));
        }
        JpegSegments segments = JpegSegments.of(markers, 0, markers.length, 3);
        assertThat(segments.has(2)).isTrue();
        assertThat(segments.has(3)).isFalse();
    }

    @Test
    void takesStuffedBytesAndRestartMarkersOutOfTheData() {
        byte[] bytes = {
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            (byte) 0xff,
            0,
            9,
            (byte) 0xff,
            (byte) 0xd0,
            10,
            (byte) 0xff,
            (byte) 0xff,
            0,
            (byte) 0xff,
            (byte) 0xd9,
            11
        };
        JpegSegments segments = JpegSegments.of(bytes, 0, bytes.length, 9);
        assertThat(Arrays.copyOfRange(segments.data, 0, segments.to(0)))
                .isEqualTo(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, (byte) 0xff, 9});
        assertThat(Arrays.copyOfRange(segments.data, segments.from(1), segments.to(1)))
                .isEqualTo(new byte[] {10, (byte) 0xff});
        assertThat(segments.has(1)).isTrue();
        assertThat(segments.has(2)).isFalse();
    }

    /** All eight samples each way are what the inverse transform gives by its definition. */
    @ParameterizedTest
    @MethodSource("seeds")
    void transformsABlockAsTheDefinitionDoes(Random random) {
        int[] ones = new int[64];
        Arrays.fill(ones, 1);
        JpegPlane plane = new JpegPlane(8, 8, 1, 1, ones);
        double[] coefficients = new double[64];
        for (int k = 1; k < 64; k++) {
            int value = random.nextInt(61) - 30;
            coefficients[JpegBlocks.ZIGZAG[k]] = value;
            plane.block()[JpegBlocks.ZIGZAG[k]] = value * plane.factors[k];
        }
        plane.draw(40, 63, 0, 0);
        coefficients[0] = 40;
        for (int at = 0; at < 64; at++) {
            double sum = 128;
            for (int i = 0; i < 64; i++) {
                double scale =
                        (i % 8 == 0 ? Math.sqrt(0.5) : 1) * (i / 8 == 0 ? Math.sqrt(0.5) : 1);
                sum +=
                        coefficients[i]
                                * scale
                                / 4
                                * Math.cos((2 * (at % 8) + 1) * (i % 8) * Math.PI / 16)
                                * Math.cos((2 * (at / 8) + 1) * (i / 8) * Math.PI / 16);
            }
            double level = Math.max(0, Math.min(255, sum));
            assertThat((double) (plane.samples[at] & 0xff)).isCloseTo(level, within(0.51));
        }
    }

    @Test
    void endsInTheMiddleWhenNobodyWaitsAnyMore() {
        for (byte[] jpeg :
                List.of(new Jpegs().write(SCENE), new Jpegs().progressive().write(SCENE))) {
            AtomicInteger asked = new AtomicInteger();
            assertThatThrownBy(
                            () ->
                                    NetworkInput.of(
                                            jpeg,
                                            decoder,
                                            PictureOptions.USUAL,
                                            Transform.square(64),
                                            () -> asked.incrementAndGet() < 20))
                    .hasMessage("picture: decoding cancelled");
            assertThat(asked).hasValue(20);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void meetsDamageAsTheWholePictureDoes(Random random) throws Exception {
        Jpegs jpegs = new Jpegs().quality(0.3).restartInterval(random.nextInt(3) * 50);
        byte[] jpeg = (random.nextBoolean() ? jpegs.progressive() : jpegs).write(SCENE);
        for (int tries = 0; tries < 4; tries++) {
            byte[] damaged = jpeg.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                int most = random.nextBoolean() ? 700 : jpeg.length;
                damaged[random.nextInt(most)] = (byte) random.nextInt(256);
            }
            Transform transform = Transform.square(64 + random.nextInt(300));
            try {
                assertThat(input(damaged, transform)).isNotEmpty();
            } catch (TranslateException refused) {
                assertThat(refused).hasMessageStartingWith("picture: ");
            }
        }
    }

    private void assertNear(byte[] jpeg) throws TranslateException {
        RgbPicture whole = decoder.decode(jpeg);
        // An eighth, a quarter and a half.
        for (int side : new int[] {100, 150, 300}) {
            assertNear(jpeg, whole, Transform.square(side));
        }
    }

    private void assertNear(byte[] jpeg, RgbPicture picture, Transform transform)
            throws TranslateException {
        float[] near = input(jpeg, transform);
        float[] whole = transform.apply(picture);
        double sum = 0;
        for (int i = 0; i < whole.length; i++) {
            sum += Math.abs(near[i] - whole[i]);
        }
        // The transform brings 0 to 255 to -1 to 1.
        double mean = sum / whole.length * 255 / 2;
        assertThat(mean).isGreaterThan(0).isLessThan(MOST_MEAN_DIFFERENCE);
    }

    private float[] input(byte[] jpeg, Transform transform) throws TranslateException {
        return NetworkInput.of(jpeg, decoder, PictureOptions.USUAL, transform, () -> true).values();
    }

    private void assertRefused(byte[] jpeg, String message) {
        assertThatThrownBy(() -> input(jpeg, Transform.square(64)))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: ")
                .hasMessageContaining(message);
    }
}
