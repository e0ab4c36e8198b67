package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Small files that would cost much are refused by their headers. */
class CostlyPictureTest {
    private final PictureDecoder decoder = new PictureDecoder();

    static Stream<String> files() {
        return Golden.rows("decode/cases.csv").map(row -> row.get(0));
    }

    @Test
    void refusesATiffWhoseJpegIsLargerThanItself() {
        byte[] jpeg = HandMade.jpeg(30_000, 30_000, 1);
        assertRefused(
                jpegTiff(16, 16, jpeg),
                "picture: JPEG of 30000x30000 pixels in a strip or tile of 16x16");
    }

    @Test
    void refusesATiffWhoseJpegHasTenThousandScans() {
        byte[] jpeg = HandMade.jpeg(2000, 2000, 10_000);
        assertThatThrownBy(() -> decoder.decode(jpegTiff(2000, 2000, jpeg)))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: JPEG of 2000x2000 pixels in 10000 scans, as much")
                .hasMessageEndingWith("(expected: at most 100000000)");
    }

    @Test
    void refusesALargeTiffWhoseJpegCouldBeRefined() {
        byte[] jpeg = HandMade.jpeg(7071, 7071, 1);
        assertThatThrownBy(() -> decoder.decode(jpegTiff(7071, 7071, jpeg)))
                .hasMessageStartingWith("picture: JPEG of 7071x7071 pixels in 1 scans, as much");
    }

    @Test
    void refusesATiffWhoseTablesAreAPicture() {
        byte[] jpeg = HandMade.jpeg(16, 16, 1);
        byte[] tiff = jpegTiff(16, 16, jpeg);
        assertThatThrownBy(() -> JpegStream.checkTables(jpeg))
                .hasMessage("JPEGTables: a picture (expected: tables)");
        // Without tables it comes as far as the pixels, of which there are none.
        assertThatThrownBy(() -> decoder.decode(tiff)).isInstanceOf(TranslateException.class);
    }

    @Test
    void refusesAJpegThatSaysTheSameInEveryScan() {
        assertRefused(
                HandMade.progressive(7000, 7000, 99),
                "picture: truncated or damaged JPEG (Inconsistent progression sequence)");
    }

    @Test
    void refusesAJpegOfManyScansOfFewPixels() {
        assertThatThrownBy(() -> decoder.decode(HandMade.jpeg(8, 8, 99_000)))
                .hasMessageStartingWith("picture: JPEG of 8x8 pixels in 99000 scans, as much");
    }

    @Test
    void countsNoScansAfterTheEndOfAJpeg() throws TranslateException {
        byte[] jpeg = Golden.bytes("decode/progressive.jpg");
        byte[] film = HandMade.jpeg(7000, 7000, 99);
        byte[] both = Arrays.copyOf(jpeg, jpeg.length + film.length);
        System.arraycopy(film, 0, both, jpeg.length, film.length);
        assertThat(decoder.decode(both).rgb()).isEqualTo(decoder.decode(jpeg).rgb());
    }

    @Test
    void refusesATiffOfOnePixelTiles() {
        byte[] tiff =
                Tiff.grey(700, 700)
                        .tag(322, 1)
                        .tag(323, 1)
                        .tag(324, new long[490_000])
                        .tag(325, new long[490_000])
                        .bytes();
        assertThatThrownBy(() -> decoder.decode(tiff))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: TIFF of 490000 strips or tiles of 1x1 pixels, as")
                .hasMessageEndingWith("(expected: at most 175000000)");
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "8, 15", "12, 8"})
    void refusesATiffWhoseStripsShareBytes(int first, int second) {
        byte[] tiff =
                Tiff.grey(4, 4)
                        .tag(278, 2)
                        .tag(273, first, second)
                        .tag(279, 8, 8)
                        .data(new byte[32])
                        .bytes();
        assertRefused(tiff, "picture: broken TIFF (strips or tiles 0 and 1 share bytes)");
    }

    @Test
    void refusesATiffThatIsConvertedAgainWithEveryStrip() {
        int rows = 7000;
        long[] places = LongStream.range(0, 3L * rows).map(i -> 8 + i).toArray();
        long[] lengths = LongStream.range(0, 3L * rows).map(i -> 1).toArray();
        byte[] tiff =
                Tiff.grey(7000, rows)
                        .tag(258, 8, 8, 8)
                        .tag(259, 8)
                        .tag(262, 6)
                        .tag(277, 3)
                        .tag(278, 1)
                        .tag(284, 2)
                        .tag(273, places)
                        .tag(279, lengths)
                        .data(new byte[3 * rows])
                        .bytes();
        assertThatThrownBy(() -> decoder.decode(tiff))
                .hasMessageStartingWith("picture: TIFF of 21000 strips or tiles of 7000x1 pixels");
    }

    @Test
    void refusesATiffOfFloatingSamplesBeforeItUnpacksAny() {
        byte[] tiff =
                Tiff.grey(8, 8)
                        .tag(258, 32)
                        .tag(259, 8)
                        .tag(273, 8)
                        .tag(279, 4)
                        .tag(339, 3)
                        .data(new byte[] {1, 2, 3, 4})
                        .bytes();
        assertRefused(
                tiff,
                "picture: broken TIFF (samples: 32 bits, signed or floating (expected: 8 or 16"
                        + " bits, unsigned))");
    }

    @Test
    void refusesATiffOfTheOldJpegByName() {
        byte[] tiff = Tiff.grey(8, 8).tag(259, 6).tag(273, 8).tag(279, 1).bytes();
        assertRefused(
                tiff,
                "picture: broken TIFF (compression 6, the old JPEG (expected: 7, the new one))");
    }

    @Test
    void neverLooksAtTheOtherTagsOfATiff() throws TranslateException {
        byte[] pixels = {1, 2, 3, 4};
        Tiff plain = Tiff.grey(2, 2).tag(273, 8).tag(279, 4).data(pixels);
        RgbPicture picture = decoder.decode(plain.bytes());
        // A profile, a sub-directory, EXIF and so on that lie nowhere, or are endless.
        for (int tag : new int[] {330, 700, 33723, 34377, 34665, 34675, 34853, 37724, 40965}) {
            plain.tag(tag, 0xfffffff0L, 8);
        }
        assertThat(decoder.decode(plain.bytes()).rgb()).isEqualTo(picture.rgb());
    }

    @Test
    void refusesALosslessWebpThatTransformsTwice() {
        // Twice "a transform: green is subtracted", each 1 and then 2 in two bits.
        assertRefused(
                HandMade.lossless(16_000, 3000, 0b101_101, 0),
                "picture: broken WebP (transform 2 twice)");
    }

    @Test
    void refusesALosslessWebpForWhatItsTransformsCost() {
        // "A transform: predictors", of blocks of four pixels.
        assertThatThrownBy(() -> decoder.decode(HandMade.lossless(16_000, 3000, 0b001, 0)))
                .hasMessageStartingWith(
                        "picture: lossless WebP of 16000x3000 pixels with transform 0, as much");
    }

    @Test
    void refusesALosslessWebpForWhatItsPartsCost() {
        // No transform, no cache, and parts.
        assertThatThrownBy(() -> decoder.decode(HandMade.lossless(16_000, 3000, 0b100, 0)))
                .hasMessageStartingWith(
                        "picture: lossless WebP of 16000x3000 pixels in parts, as much");
    }

    /** Of a small file: not more than twice what a plain JPEG of as many pixels costs. */
    @ParameterizedTest
    @CsvSource({
        "3, 4, 8, 2, 1, 3 samples of less than a byte",
        "4, 2, 8, 2, 1, 4 of them",
        "3, 12, 8, 2, 1, 3 of a byte and a half",
        "3, 16, 8, 2, 1, 16 bits",
        "3, 8, 8, 8, 1, CIE's colours",
        "3, 8, 8, 9, 1, those of profiles",
        "4, 8, 8, 2, 2, differences",
        "4, 8, 32773, 2, 1, PackBits",
        "4, 8, 5, 2, 1, LZW",
    })
    void refusesALargeTiffThatCostsMoreThanItsBytes(
            int samples, int bits, int compression, int photometric, int predictor, String what) {
        Tiff tiff = large(7071, 7071).tag(277, samples);
        tiff.tag(258, LongStream.generate(() -> bits).limit(samples).toArray());
        tiff.tag(259, compression).tag(262, photometric).tag(317, predictor);
        assertThatThrownBy(() -> decoder.decode(tiff.bytes()))
                .as(what)
                .hasMessageContaining("as much work as a plain JPEG of ");
    }

    @Test
    void countsTheSamplesThatHaveBitsWhateverTheirNumberSays() {
        Tiff tiff = large(7071, 7071).tag(258, 16, 16, 16).tag(277, 1);
        assertThatThrownBy(() -> decoder.decode(tiff.bytes()))
                .hasMessageContaining("as much work as a plain JPEG of ");
    }

    @Test
    void countsTheSamplesOfColoursWhateverTheirNumberSays() {
        Tiff tiff = large(7071, 7071).tag(258, 16).tag(262, 2).tag(277, 1);
        assertThatThrownBy(() -> decoder.decode(tiff.bytes()))
                .hasMessageContaining("as much work as a plain JPEG of ");
    }

    @Test
    void chargesEveryRowOfANarrowTiff() {
        byte[] narrow = large(1, 1_000_000).bytes();
        assertThatThrownBy(() -> new PictureDecoder(1_000_000).decode(narrow))
                .hasMessageStartingWith(
                        "picture: TIFF of 1 strips or tiles of 1x1000000 pixels, as much work as");
    }

    @Test
    void chargesEveryRowOfAFax() {
        byte[] narrow = large(1, 1_000_000).tag(258, 1).tag(259, 4).bytes();
        assertThatThrownBy(() -> new PictureDecoder(1_000_000).decode(narrow))
                .hasMessageStartingWith(
                        "picture: TIFF of 1 strips or tiles of 1x1000000 pixels, as much work as");
    }

    @Test
    void chargesTheTilesOfAFaxThatThePictureHardlyTouches() {
        Tiff fax = Tiff.grey(16, 16 * 60).tag(258, 1).tag(259, 4).tag(322, 2048).tag(323, 16);
        fax.tag(324, new long[60]).tag(325, new long[60]);
        assertThatThrownBy(() -> new PictureDecoder(1_000_000).decode(fax.bytes()))
                .hasMessageStartingWith(
                        "picture: TIFF of 60 strips or tiles of 2048x16 pixels, as much work as");
    }

    @Test
    void refusesDifferencesOfFloatingSamples() {
        assertRefused(
                large(1000, 1000).tag(258, 16).tag(317, 3).bytes(),
                "picture: broken TIFF (predictor 3 (expected: 1 or 2; floating-point samples are"
                        + " not supported))");
    }

    @Test
    void chargesTheFourthInkOfAJpegInATiff() {
        byte[] jpeg = HandMade.jpeg(5000, 5000, 1);
        jpeg[11] = 4;
        assertThatThrownBy(() -> decoder.decode(jpegTiff(5000, 5000, jpeg)))
                .hasMessageStartingWith("picture: JPEG of 4 components in a TIFF, as much work");
    }

    @Test
    void chargesTurningBeforeItDecodes() throws Exception {
        PictureDecoder small = new PictureDecoder(1_000_000);
        byte[] zeros = deflated(new byte[4_000_000]);
        small.decode(transparent(zeros).bytes());
        for (byte[] strip : List.of(zeros, new byte[zeros.length])) {
            assertThatThrownBy(() -> small.decode(transparent(strip).tag(274, 6).bytes()))
                    .hasMessageStartingWith("picture: 1000000 pixels to be turned, as much work");
        }
    }

    /** 1000 x 1000 pixels in one deflated strip. */
    private static Tiff transparent(byte[] strip) {
        Tiff tiff = Tiff.grey(1000, 1000).tag(258, 8, 8, 8, 8).tag(262, 2).tag(277, 4);
        return tiff.tag(338, 2).tag(259, 8).tag(273, 8).tag(279, strip.length).data(strip);
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[1 << 16];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    /** The reader has several rows in memory beside the picture. */
    @Test
    void refusesATiffWhoseRowsAreAsLargeAsItself() {
        byte[] row = large(1_000_000, 1).tag(258, 12).bytes();
        assertThatThrownBy(() -> new PictureDecoder(1_000_000).decode(row))
                .hasMessage(
                        "picture: TIFF of 1 strips or tiles of 1000000x1 pixels, 17000000 bytes of"
                                + " memory (expected: at most 12000000)");
    }

    /** Deflated, of one strip that has nothing in it. */
    private static Tiff large(int width, int height) {
        return Tiff.grey(width, height).tag(259, 8).tag(273, 8).tag(279, 8).data(new byte[8]);
    }

    @Test
    void refusesALargePngOfFewBytesAndManySamples() {
        byte[] png = new Png(7071, 7071, 8, 6).rows(new byte[8]);
        assertThatThrownBy(() -> decoder.decode(png)).hasMessageContaining("as much work");
    }

    @Test
    void refusesAPngOfMillionsOfRows() {
        byte[] png = new Png(1, 1_000_000, 1, 0).rows(new byte[8]);
        assertThatThrownBy(() -> new PictureDecoder(1_000_000).decode(png))
                .hasMessageStartingWith("picture: PNG of 1x1000000 pixels of 1 bits, as much");
    }

    /** To resize one of 49,000,000 pixels in a row took three seconds. */
    @Test
    void refusesASideThatNoCameraHas() {
        byte[] wide = new Png(49_000_000, 1, 8, 2).rows(new byte[8]);
        byte[] tall = new Png(1, 1_000_001, 8, 2).rows(new byte[8]);
        assertRefused(wide, "picture: 49000000x1 pixels (expected: at most 1000000 a side)");
        assertRefused(tall, "picture: 1x1000001 pixels (expected: at most 1000000 a side)");
    }

    @Test
    void refusesALargePngOfFewBytesWhoseColoursAreCompared() {
        byte[] plain = new Png(7071, 7071, 8, 2).rows(new byte[8]);
        byte[] compared = new Png(7071, 7071, 8, 2).chunk("tRNS", new byte[6]).rows(new byte[8]);
        assertThatThrownBy(() -> decoder.decode(plain)).hasMessageContaining("truncated PNG");
        assertThatThrownBy(() -> decoder.decode(compared))
                .hasMessageStartingWith("picture: PNG with a transparent colour, as much work");
    }

    @Test
    void chargesTheSamplesOfAPngThatSaysTheyHaveFewerBits() throws TranslateException {
        byte[] rows = new byte[1000 * 1001];
        byte[] bits = new Png(1000, 1000, 8, 0).chunk("sBIT", new byte[] {5}).rows(rows);
        decoder.decode(bits);
        byte[] large = new Png(7071, 7071, 8, 4).chunk("sBIT", new byte[] {5, 5}).rows(rows);
        assertThatThrownBy(() -> decoder.decode(large))
                .hasMessageStartingWith("picture: PNG of fewer significant bits, as much work as");
    }

    @Test
    void refusesATiffOfMillionsOfSamplesAPixel() {
        byte[] tiff = Tiff.grey(2, 3).tag(262, 5).tag(277, 16_776_960).bytes();
        assertThatThrownBy(() -> new PictureDecoder(2_000_000).decode(tiff))
                .hasMessage(
                        "picture: TIFF of 16776960 samples a pixel, 268431360 bytes of memory"
                                + " (expected: at most 24000000)");
    }

    @Test
    void unpacksAGifNoFurtherThanItsLastRow() throws TranslateException {
        byte[] gif = Golden.bytes("decode/palette.gif");
        AtomicInteger asked = new AtomicInteger();
        RgbPicture picture = decoder.decode(gif, () -> asked.incrementAndGet() > 0);
        // Asked once a row, and so never after the last.
        assertThat(asked).hasValue(picture.height());
    }

    @ParameterizedTest
    @MethodSource("files")
    void endsWhenNobodyWaits(String file) {
        byte[] bytes = Golden.bytes("decode/" + file);
        assertThatThrownBy(() -> decoder.decode(bytes, () -> false))
                .isInstanceOf(TranslateException.class)
                .hasMessage("picture: decoding cancelled");
    }

    @ParameterizedTest
    @MethodSource("files")
    void endsInTheMiddleWhenNobodyWaitsAnyMore(String file) throws TranslateException {
        byte[] bytes = Golden.bytes("decode/" + file);
        AtomicInteger asks = new AtomicInteger();
        decoder.decode(bytes, () -> asks.incrementAndGet() > 0);
        int middle = (asks.get() + 1) / 2;
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> decoder.decode(bytes, () -> asked.incrementAndGet() < middle))
                .hasMessage("picture: decoding cancelled");
        // Java's own readers are told to stop, and then asked why they did.
        assertThat(asked.get()).isBetween(middle, middle + 1);
    }

    private static byte[] jpegTiff(int width, int height, byte[] jpeg) {
        return Tiff.grey(width, height)
                .tag(259, 7)
                .tag(278, height)
                .tag(273, 8)
                .tag(279, jpeg.length)
                .data(jpeg)
                .bytes();
    }

    private void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> decoder.decode(bytes))
                .isInstanceOf(TranslateException.class)
                .hasMessage(message);
    }
}
