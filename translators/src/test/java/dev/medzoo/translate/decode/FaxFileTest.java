package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faxes drawn by the dice and bit by bit; {@code golden/decode} has those that libtiff wrote. */
class FaxFileTest {
    private static final String END = "000000000001";
    private static final String BLACK_3 = "10";
    private static final String WHITE_5 = "1100";

    /** Eight pixels, of which the last three are black. */
    private static final String ROW = WHITE_5 + BLACK_3;

    private final PictureDecoder decoder = new PictureDecoder();

    static Stream<Random> seeds() {
        return IntStream.range(0, 40).mapToObj(Random::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesThePixelsThatWereDrawnAndThatAnotherReaderGives(Random random) throws Exception {
        BufferedImage drawn = runs(random, 1 + random.nextInt(400), 1 + random.nextInt(40));
        for (String coding : new String[] {"CCITT RLE", "CCITT T.4", "CCITT T.6"}) {
            byte[] strips = written(drawn, coding, 0);
            byte[] rgb = decoder.decode(strips).rgb();
            assertThat(rgb).as(coding).isEqualTo(RgbPicture.of(drawn).rgb());
            assertThat(rgb).as(coding).isEqualTo(RgbPicture.of(readByAnother(strips)).rgb());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6"})
    void readsTiles(String coding) throws Exception {
        BufferedImage drawn = runs(new Random(1), 100, 53);
        byte[] tiles = written(drawn, coding, 32);
        assertThat(decoder.decode(tiles).rgb()).isEqualTo(RgbPicture.of(drawn).rgb());
    }

    @Test
    void readsRowsAsWideAsTheyMayBe() throws Exception {
        BufferedImage drawn = runs(new Random(2), 65_500, 3);
        for (String coding : new String[] {"CCITT RLE", "CCITT T.4", "CCITT T.6"}) {
            assertThat(decoder.decode(written(drawn, coding, 0)).rgb())
                    .isEqualTo(RgbPicture.of(drawn).rgb());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0, whole bytes, 110010 00 110010",
        "3, 0, no end of a line, 110010 110010",
        "3, 0, an end before each, 000000000001 110010 000000000001 110010",
        "3, 4, filled up, 00000000000000000001 110010 0000000000000000000001 110010",
        "3, 0, bits before an end, 000000000001 110010 1101 000000000001 110010",
        "3, 1, two dimensions, 000000000001 1 110010 000000000001 0 1 1",
        "4, 0, below each other, 001 1100 10 1 1",
        "4, 0, its second row passed and put, 001 1100 10 0001 1",
        "4, 2, an option that is not used, 001 1100 10 1 1",
    })
    void readsEachWayOfCoding(int compression, int options, String what, String codes)
            throws TranslateException {
        boolean isPassed = what.contains("passed");
        byte[] fax = fax(8, 2, compression, codes).tag(292, options).tag(293, options).bytes();
        assertThat(letters(decoder.decode(fax)))
                .as(what)
                .isEqualTo(".....###" + (isPassed ? "........" : ".....###"));
    }

    /** White of 64 pixels by the code that should be followed by another. */
    @Test
    void takesALastRunWithoutTheCodeThatEndsIt() throws TranslateException {
        String row = "00000000000 1 11011 ";
        byte[] fax = fax(64, 2, 3, row + row + "00000000000 1").bytes();
        assertThat(letters(decoder.decode(fax))).isEqualTo(".".repeat(128));
    }

    @ParameterizedTest
    @CsvSource({"4, 001 1100 10", "3, 000000000001 110010"})
    void leavesRowsWhiteAfterTheEndThatAFaxHas(int compression, String row)
            throws TranslateException {
        byte[] fax = fax(8, 3, compression, row + END + END).bytes();
        assertThat(letters(decoder.decode(fax))).isEqualTo(".....###" + ".".repeat(16));
    }

    @ParameterizedTest
    @CsvSource({"0, .....###", "1, #####..."})
    void takesEachSenseOfBlack(int photometric, String expected) throws TranslateException {
        byte[] fax = fax(8, 1, 2, ROW).tag(262, photometric).bytes();
        assertThat(letters(decoder.decode(fax))).isEqualTo(expected);
    }

    @Test
    void takesThePaletteOfAFax() throws TranslateException {
        Tiff fax = fax(8, 1, 2, ROW).tag(262, 3);
        fax.tag(320, 0x1234, 0x4567, 0x2345, 0x5678, 0x3456, 0x6789);
        byte[] rgb = decoder.decode(fax.bytes()).rgb();
        assertThat(Arrays.copyOf(rgb, 3)).containsExactly(0x12, 0x23, 0x34);
        assertThat(Arrays.copyOfRange(rgb, 21, 24)).containsExactly(0x45, 0x56, 0x67);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void passesOverDifferencesOfAFax(int predictor) throws TranslateException {
        byte[] fax = fax(8, 1, 2, ROW).tag(317, predictor).bytes();
        assertThat(letters(decoder.decode(fax))).isEqualTo(".....###");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 110010, 1 of 3 rows of a fax",
        "2, 11001000 1100, 1 of 3 rows of a fax",
        "3, 000000000001 110010, 1 of 3 rows of a fax",
        "3, 000000000001 110010 000000000001 110010 0000, 2 of 3 rows of a fax",
        "4, 001110010 1, 1 of 3 rows of a fax",
        "4, 00111, 0 of 3 rows of a fax",
    })
    void refusesAFaxWhoseRowsEndEarly(int compression, String codes, String fault) {
        assertRefused(fax(8, 3, compression, codes), "truncated TIFF (" + fault + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 00000000 00000000, row 0 of a fax: an invalid code",
        "3, 000000000001 1100 000000000001 1100, row 0 of a fax: an invalid code",
        "4, 000000000000000, row 0 of a fax: an invalid code",
        "2, 10011 000, row 0 of a fax: an invalid code",
        "2, 10100 000, row 0 of a fax: 9 pixels (expected: 8)",
        "4, 001 10011 11, row 0 of a fax: 10 pixels (expected: 8)",
        "4, 011, row 0 of a fax: 9 pixels (expected: 8)",
        "4, 0000010 0000010, row 0 of a fax: a change at 5 after 5",
    })
    void refusesDamagedCodes(int compression, String codes, String fault) {
        String padded = codes + "0".repeat(40);
        assertRefused(
                fax(compression == 2 && codes.startsWith("10011") ? 9 : 8, 1, compression, padded),
                "truncated or damaged TIFF (" + fault + ")");
    }

    @ParameterizedTest
    @CsvSource({"2, 000000001111", "3, 000000000001 000000001111", "4, 0000001111"})
    void refusesUncompressedModeByName(int compression, String codes) {
        assertRefused(
                fax(8, 1, compression, codes),
                "broken TIFF (row 0 of a fax in uncompressed mode or another extension (expected:"
                        + " none))");
    }

    @Test
    void refusesSamplesThatAFaxDoesNotHave() {
        assertRefused(
                fax(8, 1, 2, ROW).tag(258, 8),
                "broken TIFF (fax of 1 samples of 8 bits (expected: 1 of 1 bit))");
        assertRefused(
                fax(8, 1, 2, ROW).tag(277, 3).tag(258, 1, 1, 1),
                "broken TIFF (fax of 3 samples of 1 bits (expected: 1 of 1 bit))");
        assertRefused(
                fax(8, 1, 2, ROW).tag(262, 2),
                "broken TIFF (fax of photometric interpretation 2 (expected: 0, 1 or 3))");
        assertRefused(
                fax(8, 1, 2, ROW).tag(262, 3), "broken TIFF (fax with a palette of 0 values)");
    }

    /** White and black runs of no pixels, hundreds of thousands. */
    @Test
    void endsInTheMiddleOfARowWhenNobodyWaits() {
        byte[] fax = fax(8, 1, 2, "001101010000110111".repeat(200_000)).bytes();
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> decoder.decode(fax, () -> asked.incrementAndGet() < 5))
                .hasMessage("picture: decoding cancelled");
        assertThat(asked).hasValue(5);
    }

    private void assertRefused(Tiff fax, String message) {
        assertThatThrownBy(() -> decoder.decode(fax.bytes()))
                .isInstanceOf(TranslateException.class)
                .hasMessage("picture: " + message);
    }

    /** A fax in one strip of these bits. */
    private static Tiff fax(int width, int height, int compression, String codes) {
        byte[] bits = bytes(codes.replace(" ", ""));
        Tiff tiff = Tiff.grey(width, height).tag(258, 1).tag(259, compression).tag(262, 0);
        return tiff.tag(273, 8).tag(279, bits.length).data(bits);
    }

    private static byte[] bytes(String bits) {
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
        }
        return bytes;
    }

    private static String letters(RgbPicture picture) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < picture.rgb().length; i += 3) {
            letters.append(picture.rgb()[i] == 0 ? '#' : '.');
        }
        return letters.toString();
    }

    /** Runs of all lengths; a row is often like the one above, or moved by some pixels. */
    private static BufferedImage runs(Random random, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
        int most = 1 << random.nextInt(14);
        for (int y = 0; y < height; y++) {
            int moved = random.nextInt(9) - 4;
            boolean isLike = y > 0 && random.nextInt(4) > 0;
            int colour = random.nextInt(2);
            int left = 0;
            for (int x = 0; x < width; x++) {
                int from = Math.floorMod(x + moved, width);
                if (left-- == 0) {
                    colour ^= 1;
                    left = random.nextInt(most);
                }
                int above = isLike ? image.getRaster().getSample(from, y - 1, 0) : colour;
                image.getRaster().setSample(x, y, 0, above);
            }
        }
        return image;
    }

    /** By Java's own writer, in its strips or in square tiles. */
    private static byte[] written(BufferedImage image, String coding, int tile) throws IOException {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("tiff");
        ImageWriter writer = writers.next();
        while (writer.getClass().getModule() != ImageIO.class.getModule()) {
            writer = writers.next();
        }
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(coding);
        if (tile > 0) {
            param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
            param.setTiling(tile, tile, 0, 0);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static BufferedImage readByAnother(byte[] tiff) throws IOException {
        ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
        try (ImageInputStream stream =
                ImageIO.createImageInputStream(new ByteArrayInputStream(tiff))) {
            reader.setInput(stream);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }
}
