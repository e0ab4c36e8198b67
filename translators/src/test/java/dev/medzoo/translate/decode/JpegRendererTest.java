package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside the JDK's own reader, which runs libjpeg 6b: the same pixels, to the last bit. */
class JpegRendererTest {
    private static final BufferedImage SCENE = Drawn.scene(317, 211, new Random(7));

    static Stream<Random> seeds() {
        return IntStream.range(0, 10).mapToObj(Random::new);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "4, 1", "4, 2", "2, 4", "1, 4"})
    void givesLibjpegsPixelsInEverySampling(int across, int down) throws IOException {
        for (double quality : new double[] {0.02, 0.3, 0.5, 0.75, 0.9, 0.98, 1}) {
            assertSame(new Jpegs().sampling(across, down).quality(quality).write(SCENE));
        }
    }

    /** Also those of which the coarser colours have one or two columns, or one row. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "4, 1"})
    void givesLibjpegsPixelsInEverySize(int across, int down) throws IOException {
        Jpegs jpegs = new Jpegs().sampling(across, down);
        for (int width = 1; width <= 18; width++) {
            for (int height = 1; height <= 18; height++) {
                assertSame(jpegs.write(SCENE.getSubimage(20 + width, 30, width, height)));
            }
        }
        assertSame(jpegs.write(SCENE.getSubimage(0, 0, 317, 1)));
        assertSame(jpegs.write(SCENE.getSubimage(0, 0, 1, 211)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesLibjpegsPixelsOfNoise(Random random) throws IOException {
        int width = 1 + random.nextInt(200);
        int height = 1 + random.nextInt(100);
        BufferedImage noise = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        int most = random.nextBoolean() ? 1 << 24 : 2;
        for (int i = 0; i < width * height; i++) {
            noise.setRGB(i % width, i / width, random.nextInt(most) * (most == 2 ? 0xffffff : 1));
        }
        Jpegs jpegs = new Jpegs().sampling(2, 1 + random.nextInt(2));
        assertSame(jpegs.quality(random.nextDouble()).write(noise));
        assertSame(jpegs.quality(1).optimised().write(noise));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20, 67, 5000})
    void givesLibjpegsPixelsWithRestartMarkers(int interval) throws IOException {
        assertSame(new Jpegs().restartInterval(interval).write(SCENE));
        assertSame(new Jpegs().sampling(1, 1).restartInterval(interval).optimised().write(SCENE));
    }

    @Test
    void givesLibjpegsPixelsInGreyAndInRgb() throws IOException {
        BufferedImage grey = new BufferedImage(317, 211, BufferedImage.TYPE_BYTE_GRAY);
        grey.createGraphics().drawImage(SCENE, 0, 0, null);
        assertSame(new Jpegs().write(grey));
        assertSame(new Jpegs().optimised().write(grey));
        byte[] ycc = new Jpegs().sampling(1, 1).write(SCENE);
        byte[] rgb = Jpegs.withoutTransform(ycc);
        assertSame(rgb);
        assertThat(decode(rgb).rgb()).isNotEqualTo(decode(ycc).rgb());
    }

    /**
     * Whatever was changed: what libjpeg refuses is refused, and of what both give all pixels are
     * the same. As it tells of its first finding alone, there is damage that only this decoder
     * finds.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void meetsDamageAsLibjpegDoes(Random random) {
        List<Boolean> given = new ArrayList<>();
        for (int tries = 0; tries < 100; tries++) {
            Jpegs jpegs = new Jpegs().quality(0.4 + random.nextDouble() / 2);
            jpegs.restartInterval(random.nextInt(3) * 5).sampling(1 + random.nextInt(2), 1);
            byte[] jpeg = jpegs.write(SCENE.getSubimage(0, 0, 90, 70));
            int most = random.nextInt(4) == 0 ? 640 : jpeg.length;
            for (int i = 0; i <= random.nextInt(3); i++) {
                int at = 2 + random.nextInt(most - 2);
                jpeg[at] = (byte) (jpeg[at] ^ 1 << random.nextInt(8));
            }
            Outcome expected = Outcome.of(() -> byLibjpeg(jpeg));
            Outcome seen = Outcome.of(() -> decode(jpeg));
            given.add(expected.picture() != null);
            if (seen.refusal() == null) {
                assertThat(expected.refusal()).isNull();
                assertThat(Arrays.equals(seen.rgb(), expected.rgb())).isTrue();
            } else if (expected.refusal() == null) {
                assertThat(seen.refusal()).isInstanceOf(DamagedException.class);
            }
        }
        assertThat(given).contains(true, false);
    }

    private record Outcome(@Nullable RgbPicture picture, @Nullable Exception refusal) {
        static Outcome of(Decoding decoding) {
            try {
                return new Outcome(decoding.pixels(), null);
            } catch (IOException | RuntimeException e) {
                return new Outcome(null, e);
            }
        }

        byte[] rgb() {
            return Objects.requireNonNull(picture).rgb();
        }
    }

    private interface Decoding {
        RgbPicture pixels() throws IOException;
    }

    @Test
    void leavesColoursOfHalfTheHeightToLibjpeg() throws IOException {
        byte[] jpeg = new Jpegs().sampling(1, 2).write(SCENE);
        assertThat(open(jpeg).rendered(budget(jpeg))).isNull();
        assertThat(decode(jpeg).rgb()).isEqualTo(byLibjpeg(jpeg).rgb());
    }

    @Test
    void leavesCoefficientsThatOverflowToLibjpeg() throws IOException {
        byte[] jpeg = new Jpegs().quality(1).write(SCENE);
        int factors = 0;
        while ((jpeg[factors] & 0xff) != 0xff || (jpeg[factors + 1] & 0xff) != 0xdb) {
            factors++;
        }
        Arrays.fill(jpeg, factors + 5, factors + 69, (byte) 255);
        assertThat(open(jpeg).rendered(budget(jpeg))).isNull();
        assertThat(decode(jpeg).rgb()).isEqualTo(byLibjpeg(jpeg).rgb());
    }

    @Test
    void leavesSegmentsAfterTheScanToLibjpeg() throws IOException {
        byte[] jpeg = new Jpegs().write(SCENE);
        byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 4);
        // A table without its bytes.
        byte[] table = {(byte) 0xff, (byte) 0xc4, 0, 20, (byte) 0xff, (byte) 0xd9};
        System.arraycopy(table, 0, longer, jpeg.length - 2, table.length);
        assertThat(open(longer).rendered(budget(longer))).isNull();
    }

    @Test
    void endsInTheMiddleWhenNobodyWaitsAnyMore() {
        byte[] jpeg = new Jpegs().write(SCENE);
        AtomicInteger asked = new AtomicInteger();
        Budget budget = new Budget(1_000_000, jpeg.length, () -> asked.incrementAndGet() < 5);
        assertThatThrownBy(() -> open(jpeg).read(budget))
                .isInstanceOf(DecodingCancelledException.class);
        assertThat(asked).hasValue(5);
    }

    private static void assertSame(byte[] jpeg) throws IOException {
        RgbPicture rendered = open(jpeg).rendered(budget(jpeg));
        assertThat(rendered).as("rendered").isNotNull();
        RgbPicture expected = byLibjpeg(jpeg);
        RgbPicture seen = Objects.requireNonNull(rendered);
        assertThat(List.of(seen.width(), seen.height()))
                .containsExactly(expected.width(), expected.height());
        assertThat(Arrays.mismatch(seen.rgb(), expected.rgb())).isEqualTo(-1);
    }

    private static RgbPicture decode(byte[] jpeg) throws IOException {
        return open(jpeg).read(budget(jpeg));
    }

    private static JpegPicture open(byte[] jpeg) throws IOException {
        return (JpegPicture) JpegFile.open(jpeg, budget(jpeg));
    }

    private static RgbPicture byLibjpeg(byte[] jpeg) throws IOException {
        return open(jpeg).byLibjpeg(budget(jpeg));
    }

    private static Budget budget(byte[] jpeg) {
        return new Budget(1_000_000, jpeg.length, () -> true);
    }
}
