package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.translate.TranslateException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNGs whose samples have fewer bits than they could: spread over all, or left in the low ones. */
class PngSignificantTest {
    private static final int WIDTH = 23;
    private static final int HEIGHT = 11;
    private static final int[] SAMPLES = {1, 0, 3, 1, 2, 0, 4};

    private final PictureDecoder decoder = new PictureDecoder();

    /** Colour, depth, bits. */
    static Stream<Arguments> kinds() {
        return IntStream.of(0, 2, 4, 6)
                .boxed()
                .flatMap(
                        colour ->
                                IntStream.rangeClosed(4, 15)
                                        .filter(bits -> bits != 8)
                                        .mapToObj(
                                                bits ->
                                                        Arguments.of(
                                                                colour, bits < 8 ? 8 : 16, bits)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void samplesInTheLowBitsAreReadAsIfTheyHadBeenSpread(int colour, int depth, int bits)
            throws TranslateException {
        int[] samples = noise(colour, 1 << bits);
        samples[0] = 3;
        int last = (1 << bits) - 1;
        IntUnaryOperator spread =
                depth == 16 ? s -> s << (16 - bits) : s -> s * ((1 << depth) - 1) / last;
        byte[] low = png(colour, depth, samples, bits);
        byte[] high = png(colour, depth, Arrays.stream(samples).map(spread).toArray(), 0);
        assertThat(decoder.decode(low).rgb()).isEqualTo(decoder.decode(high).rgb());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatWasSpreadIsReadAsItIsHoweverDark(int colour, int depth, int bits)
            throws TranslateException {
        double most = (1 << depth) - 1;
        double last = (1 << bits) - 1;
        // Of those that the low bits hold, up to a half: brighter ones lie in them more likely.
        int dark = 1 << Math.max(0, 2 * bits - depth - (depth - bits < 4 ? 0 : 1));
        for (int brightest : new int[] {1 << bits, dark, 2}) {
            int[] samples = noise(colour, brightest);
            assertAsWithout(colour, depth, bits, samples, s -> s << (depth - bits));
            assertAsWithout(colour, depth, bits, samples, s -> (int) Math.round(s * most / last));
        }
    }

    /** As a program does that makes twelve bits of eight by zeros. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whatFillsTheLowBitsLiesInThemThoughItCouldBeSpread(int colour) throws TranslateException {
        int[] samples = noise(colour, 256);
        samples[0] = 200;
        int[] low = Arrays.stream(samples).map(s -> s << 4).toArray();
        int[] high = Arrays.stream(samples).map(s -> s << 8).toArray();
        assertThat(decoder.decode(png(colour, 16, low, 12)).rgb())
                .isEqualTo(decoder.decode(png(colour, 16, high, 0)).rgb());
    }

    private void assertAsWithout(
            int colour, int depth, int bits, int[] samples, IntUnaryOperator spread)
            throws TranslateException {
        int[] high = Arrays.stream(samples).map(spread).toArray();
        assertThat(decoder.decode(png(colour, depth, high, bits)).rgb())
                .isEqualTo(decoder.decode(png(colour, depth, high, 0)).rgb());
    }

    /** Colours lie in twelve bits, alpha says by all of them that nothing shines through. */
    @Test
    void alphaMayBeSpreadWhereColoursAreNot() throws TranslateException {
        int[] samples = new int[4 * WIDTH * HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i % 4 == 3 ? 0xffff : 0x7ff;
        }
        assertThat(decoder.decode(png(6, 16, samples, 12)).rgb()).containsOnly(127);
    }

    /** The last sample of the last pixel says that all were spread. */
    @Test
    void theLastSampleMayTell() throws TranslateException {
        int[] samples = noise(2, 1 << 12);
        samples[samples.length - 1] = 0xffff;
        assertThat(decoder.decode(png(2, 16, samples, 12)).rgb())
                .isEqualTo(decoder.decode(png(2, 16, samples, 0)).rgb());
    }

    @Test
    void eightOfSixteenBitsMayLieInTheLowByte() throws TranslateException {
        int[] samples = noise(2, 256);
        assertThat(decoder.decode(png(2, 16, samples, 8)).rgb())
                .isEqualTo(decoder.decode(png(2, 8, samples, 0)).rgb());
    }

    @Test
    void theTransparentColourShowsWhiteWhereTheSamplesAreLow() throws TranslateException {
        byte[] rows = {0, 0x0f, (byte) 0xff, 0x08, 0, 0x01, 0x23};
        Png png = new Png(1, 1, 16, 2).chunk("sBIT", new byte[] {12, 12, 12});
        byte[] clear = {0x0f, (byte) 0xff, 0x08, 0, 0x01, 0x23};
        assertThat(decoder.decode(png.chunk("tRNS", clear).rows(rows)).rgb()).containsOnly(255);
        Png other = new Png(1, 1, 16, 2).chunk("sBIT", new byte[] {12, 12, 12});
        assertThat(decoder.decode(other.chunk("tRNS", new byte[6]).rows(rows)).rgb())
                .containsExactly(255, 128, 0x12);
    }

    /** Of an interlaced picture, pixels all over it come before the one that tells. */
    @ParameterizedTest
    @CsvSource({"-1", "65535"})
    void interlacedPicturesAreReadAlike(int last) throws TranslateException {
        int[] samples = noise(6, 1 << 12);
        samples[samples.length - 2] = last < 0 ? samples[samples.length - 2] : last;
        byte[] adam = interlaced(samples);
        assertThat(decoder.decode(adam).rgb())
                .isEqualTo(decoder.decode(png(6, 16, samples, 12)).rgb());
    }

    @ParameterizedTest
    @CsvSource({"0", "17", "-1"})
    void bitsThatNoSampleHasSayNothing(int bits) throws TranslateException {
        byte[] rows = {0, 0x0f, (byte) 0xff};
        byte[] png = new Png(1, 1, 16, 0).chunk("sBIT", new byte[] {(byte) bits}).rows(rows);
        assertThat(decoder.decode(png).rgb()).containsOnly(0x0f);
    }

    private static int[] noise(int colour, int bound) {
        Random random = new Random(bound);
        return random.ints((long) WIDTH * HEIGHT * SAMPLES[colour], 0, bound).toArray();
    }

    /** With as many significant bits, or without a word of it where there are 0. */
    private static byte[] png(int colour, int depth, int[] samples, int bits) {
        Png png = new Png(WIDTH, HEIGHT, depth, colour);
        return significant(png, colour, bits).rows(rows(WIDTH * SAMPLES[colour], depth, samples));
    }

    private static Png significant(Png png, int colour, int bits) {
        byte[] each = new byte[SAMPLES[colour]];
        Arrays.fill(each, (byte) bits);
        return bits == 0 ? png : png.chunk("sBIT", each);
    }

    private static byte[] rows(int samplesOfRow, int depth, int[] samples) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int i = 0; i < samples.length; i++) {
            if (i % samplesOfRow == 0) {
                rows.write(0);
            }
            if (depth == 16) {
                rows.write(samples[i] >> 8);
            }
            rows.write(samples[i]);
        }
        return rows.toByteArray();
    }

    /** RGB and alpha of 16 bits, 12 of them significant. */
    private static byte[] interlaced(int[] samples) {
        int[][] passes = {
            {0, 0, 8, 8},
            {4, 0, 8, 8},
            {0, 4, 4, 8},
            {2, 0, 4, 4},
            {0, 2, 2, 4},
            {1, 0, 2, 2},
            {0, 1, 1, 2}
        };
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int[] pass : passes) {
            for (int y = pass[1]; y < HEIGHT; y += pass[3]) {
                int y0 = y;
                int[] row =
                        IntStream.range(0, WIDTH)
                                .filter(x -> x >= pass[0] && (x - pass[0]) % pass[2] == 0)
                                .flatMap(x -> IntStream.range(4 * x, 4 * x + 4))
                                .map(i -> samples[4 * WIDTH * y0 + i])
                                .toArray();
                rows.writeBytes(rows(Math.max(1, row.length), 16, row));
            }
        }
        return significant(Png.interlaced(WIDTH, HEIGHT, 16, 6), 6, 12).rows(rows.toByteArray());
    }
}
