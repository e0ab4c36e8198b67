package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PictureDecoderTest {
    private final PictureDecoder decoder = new PictureDecoder();

    static Stream<String> files() {
        return Golden.rows("decode/cases.csv").map(row -> row.get(0));
    }

    static Stream<Random> seeds() {
        return IntStream.range(0, 10).mapToObj(Random::new);
    }

    @Test
    void refusesNoBytes() {
        assertRefused(
                new byte[0], "picture: empty (expected: JPEG, PNG, TIFF, BMP, GIF, WebP or DICOM)");
    }

    @ParameterizedTest
    @CsvSource({"x, 78", "RIFF....WAVE, 52 49 46 46 2e 2e 2e 2e", "hello, 68 65 6c 6c 6f"})
    void refusesWhatIsNoPicture(String text, String start) {
        assertRefused(
                text.getBytes(StandardCharsets.ISO_8859_1),
                "picture: bytes that start with "
                        + start
                        + " (expected: JPEG, PNG, TIFF, BMP, GIF, WebP or DICOM)");
    }

    @Test
    void refusesAPngThatClaimsTooManyPixels() {
        assertRefused(
                HandMade.png(100_000, 100_000),
                "picture: 100000x100000 pixels (expected: at most 50000000)");
    }

    @Test
    void refusesAGifThatClaimsTooManyPixels() {
        assertRefused(
                HandMade.gif(65_535, 65_535),
                "picture: 65535x65535 pixels (expected: at most 50000000)");
    }

    @Test
    void refusesABmpThatClaimsTooManyPixels() {
        assertRefused(
                HandMade.bmp(100_000, 100_000),
                "picture: 100000x100000 pixels (expected: at most 50000000)");
        byte[] whole = Golden.bytes("decode/rgb.bmp");
        assertThatThrownBy(() -> new PictureDecoder(1000).decode(whole))
                .isInstanceOf(TranslateException.class)
                .hasMessage("picture: 61x47 pixels (expected: at most 1000)");
    }

    @Test
    void refusesATiffWithATileOfTooManyPixels() {
        assertRefused(
                HandMade.tiledTiff(16, 60_000),
                "picture: 60000x60000 pixels (expected: at most 50000000)");
    }

    @Test
    void takesATiffWhoseLastStripHasFewerRows() throws TranslateException {
        RgbPicture picture = decoder.decode(HandMade.strippedTiff(4));

        assertThat(picture.height()).isEqualTo(5);
        for (int row = 0; row < 5; row++) {
            byte[] pixels = Arrays.copyOfRange(picture.rgb(), 12 * row, 12 * (row + 1));
            assertThat(pixels).containsOnly(10 * row);
        }
    }

    @Test
    void takesATiffOfJpegsWithTheirOwnTables() throws TranslateException {
        RgbPicture drawn = Drawn.blot(128, 96);

        RgbPicture picture = decoder.decode(Drawn.jpegTiff(drawn));

        double off = 0;
        for (int i = 0; i < drawn.rgb().length; i++) {
            off += Math.abs((drawn.rgb()[i] & 0xff) - (picture.rgb()[i] & 0xff));
        }
        assertThat(off / drawn.rgb().length).isLessThan(3);
    }

    @Test
    void refusesATiffWhoseLastStripLacksAByte() {
        assertThatThrownBy(() -> decoder.decode(HandMade.strippedTiff(3)))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: truncated or damaged TIFF (strip/tileByteCount");
    }

    @Test
    void takesAPictureAtTheLimitAndNoneAbove() throws TranslateException {
        byte[] png = Drawn.png(Drawn.blot(20, 30));
        assertThat(new PictureDecoder(600).decode(png).height()).isEqualTo(30);
        assertThatThrownBy(() -> new PictureDecoder(599).decode(png))
                .isInstanceOf(TranslateException.class)
                .hasMessage("picture: 20x30 pixels (expected: at most 599)");
    }

    @Test
    void refusesALimitOfZero() {
        assertThatThrownBy(() -> new PictureDecoder(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max pixels: 0 (expected: > 0)");
    }

    @ParameterizedTest
    @MethodSource("files")
    void neverGivesPartOfAPicture(String file) throws TranslateException {
        byte[] whole = Golden.bytes("decode/" + file);
        RgbPicture picture = decoder.decode(whole);
        int step = Math.max(1, whole.length / 40);
        IntStream lengths =
                IntStream.concat(
                        IntStream.iterate(0, i -> i < whole.length, i -> i + step),
                        IntStream.rangeClosed(1, 24).map(i -> whole.length - i));
        lengths.forEach(
                length -> {
                    byte[] part = Arrays.copyOf(whole, length);
                    // Only what comes after the last pixel may be missing.
                    try {
                        assertThat(decoder.decode(part).rgb()).isEqualTo(picture.rgb());
                    } catch (TranslateException refused) {
                        assertThat(refused).hasMessageStartingWith("picture: ");
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "baseline.jpg, truncated or damaged JPEG",
        "progressive.jpg, truncated or damaged JPEG",
        "cmyk.jpg, truncated or damaged JPEG",
        "rgb8.png, truncated PNG",
        "raw.tif, truncated TIFF",
        "jpeg.tif, truncated TIFF",
        "rgb.bmp, truncated BMP",
        "palette.gif, GIF",
        "lossy.webp, truncated WebP",
        "lossless.webp, truncated WebP",
    })
    void saysThatAPictureIsTruncated(String file, String message) {
        byte[] whole = Golden.bytes("decode/" + file);
        assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(whole, whole.length * 3 / 4)))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAJpegWithoutItsEnd() {
        byte[] whole = Golden.bytes("decode/baseline.jpg");
        assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(whole, whole.length - 2)))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: truncated or damaged JPEG (");
    }

    @Test
    void takesAJpegWithBytesAfterItsEnd() throws TranslateException {
        byte[] whole = Golden.bytes("decode/baseline.jpg");
        byte[] longer = Arrays.copyOf(whole, whole.length + 100);
        assertThat(decoder.decode(longer).rgb()).isEqualTo(decoder.decode(whole).rgb());
    }

    @Test
    void refusesAPngWhoseChunkIsDamaged() {
        byte[] png = Golden.bytes("decode/rgb8.png");
        png[png.length / 2] ^= 1;
        assertThatThrownBy(() -> decoder.decode(png))
                .isInstanceOf(TranslateException.class)
                .hasMessage("picture: broken PNG (damaged chunk at byte 33)");
    }

    @Test
    void refusesAWebpWhoseCanvasIsLargerThanItsPicture() {
        byte[] webp = Golden.bytes("decode/profile.webp");
        webp[24] = 99; // the canvas is 100 pixels wide, less one
        assertRefused(webp, "picture: broken WebP (picture of 61x47 in a canvas of 100x47)");
    }

    @Test
    void refusesAGifThatEndsItsPixelsEarly() {
        assertRefused(HandMade.gif(4, 4), "picture: truncated GIF (0 of 4 rows)");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void meetsDamageWithAPictureOrATranslateException(Random random) {
        PictureDecoder small = new PictureDecoder(1_000_000);
        files().forEach(
                        file -> {
                            byte[] bytes = Golden.bytes("decode/" + file);
                            for (int i = 0; i <= random.nextInt(4); i++) {
                                int place = random.nextInt(Math.min(bytes.length, 600));
                                bytes[place] = (byte) random.nextInt(256);
                            }
                            try {
                                assertThat(small.decode(bytes)).isNotNull();
                            } catch (TranslateException refused) {
                                assertThat(refused).hasMessageStartingWith("picture: ");
                            }
                        });
    }

    private void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> decoder.decode(bytes))
                .isInstanceOf(TranslateException.class)
                .hasMessage(message);
    }
}
