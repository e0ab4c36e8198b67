package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.translate.TranslateException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that programs write a little off, and what every viewer makes of them. */
class MetMistakesTest {
    private static final int TURNED = 6;

    private final PictureDecoder decoder = new PictureDecoder();
    private final byte[] jpeg = Golden.bytes("decode/baseline.jpg");
    private final byte[] png = Golden.bytes("decode/rgb8.png");

    @Test
    void theFirstWholeExifOfAJpegCounts() throws Exception {
        byte[] broken = latin1("Exif\0\0II*\0\u00ff\u00ff\u00ff\u00ff");
        byte[] turned = join(latin1("Exif\0\0"), exif(TURNED));
        byte[] mirrored = join(latin1("Exif\0\0"), exif(2));
        RgbPicture expected = Orientation.upright(decoder.decode(jpeg), TURNED);

        assertSame(withSegments(turned, broken), expected);
        assertSame(withSegments(broken, turned), expected);
        assertSame(withSegments(turned, mirrored), expected);
    }

    @Test
    void aDoubledPrefixOfExifIsPassedOver() throws Exception {
        byte[] doubled = join(latin1("Exif\0\0Exif\0\0"), exif(TURNED));
        assertSame(withSegments(doubled), Orientation.upright(decoder.decode(jpeg), TURNED));
        assertSame(
                new Png(png).chunk("eXIf", doubled).end(),
                Orientation.upright(decoder.decode(png), TURNED));
    }

    @ParameterizedTest
    @CsvSource({"exif, tEXt", "exif, zTXt", "APP1, tEXt", "APP1, zTXt"})
    void exifInATextOfAPngCounts(String type, String chunk) throws Exception {
        byte[] exif = join(latin1("Exif\0\0"), exif(TURNED));
        String digits = HexFormat.of().formatHex(exif).replaceAll("(.{36})", "$1\n");
        byte[] text = latin1("\n" + type + "\n      " + exif.length + "\n" + digits + "\n");
        byte[] keyword = latin1("Raw profile type " + type + "\0");
        byte[] body =
                chunk.equals("zTXt")
                        ? join(keyword, new byte[1], Png.packed(text))
                        : join(keyword, text);
        assertSame(
                new Png(png).chunk(chunk, body).end(),
                Orientation.upright(decoder.decode(png), TURNED));
    }

    /** Thousands of them, packed, once took seconds. */
    @Test
    void onlyTheFirstTextOfExifInAPngIsRead() throws Exception {
        byte[] keyword = latin1("Raw profile type exif\0");
        byte[] exif = join(latin1("Exif\0\0"), exif(TURNED));
        byte[] none = join(keyword, latin1("\nexif\n 12\nno digits"));
        String digits = HexFormat.of().formatHex(exif);
        byte[] turned = join(keyword, latin1("\nexif\n " + exif.length + "\n" + digits + "\n"));
        byte[] two = new Png(png).chunk("tEXt", none).end();
        assertSame(new Png(two).chunk("tEXt", turned).end(), decoder.decode(png));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\nexif\n", "\nexif\n 12\nno digits", "\nexif\n 12\n00"})
    void aTextThatIsNoExifTurnsNothing(String text) throws Exception {
        byte[] body = latin1("Raw profile type exif\0" + text);
        assertSame(new Png(png).chunk("tEXt", body).end(), decoder.decode(png));
        byte[] packed = join(latin1("Raw profile type exif\0\0"), latin1("no stream"));
        assertSame(new Png(png).chunk("zTXt", packed).end(), decoder.decode(png));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\0\0\0\0", "abc", "\u00ff\u00ff\u00ff", "\u00ff\0\u00ff\u0001"})
    void bytesBetweenTheSegmentsOfAJpegArePassedOver(String between) throws Exception {
        int second = 20;
        byte[] garbled =
                join(
                        Arrays.copyOf(jpeg, second),
                        latin1(between),
                        Arrays.copyOfRange(jpeg, second, jpeg.length));
        assertSame(garbled, decoder.decode(jpeg));
    }

    @Test
    void aTiffsThumbnailIsPassedOver() throws Exception {
        byte[] pixels = {1, 2, 3, 4};
        Tiff thumbnail = Tiff.grey(1, 1).tag(254, 1).tag(273, 8).tag(279, 1).data(new byte[] {9});
        int end = thumbnail.bytes().length;
        byte[] both = join(thumbnail.bytes(end + 4), pixels, directory(end));

        assertThat(decoder.decode(both).rgb()).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
        // The same below the first directory, and not behind it.
        byte[] below = join(thumbnail.tag(330, end + 12 + 4).bytes(), pixels, directory(end + 12));
        assertThat(decoder.decode(below).rgb()).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
    }

    /** Of a grey picture of 2 by 2, whose pixels lie at that place. */
    private static byte[] directory(int pixels) {
        byte[] tiff = Tiff.grey(2, 2).tag(254, 0).tag(273, pixels).tag(279, 4).bytes();
        return Arrays.copyOfRange(tiff, 8, tiff.length);
    }

    @Test
    void aTiffWhoseDirectoriesGoRoundIsReadAllTheSame() throws Exception {
        Tiff thumbnail = Tiff.grey(1, 1).tag(254, 1).tag(273, 8).tag(279, 1).data(new byte[] {9});
        byte[] round = thumbnail.bytes(thumbnail.start());
        assertThat(decoder.decode(round).rgb()).containsExactly(9, 9, 9);
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 178", "2, 178"})
    void theFourthSampleOfATiffIsWhatTheFileSays(int meaning, int red) throws Exception {
        // Half opaque; multiplied, 50 of 128 is 99 of 255.
        int stored = meaning == 1 ? 50 : 100;
        byte[] tiff =
                Tiff.grey(1, 1)
                        .tag(258, 8, 8, 8, 8)
                        .tag(262, 2)
                        .tag(277, 4)
                        .tag(338, meaning)
                        .tag(273, 8)
                        .tag(279, 4)
                        .data(new byte[] {(byte) stored, 0, 0, (byte) 128})
                        .bytes();
        int got = decoder.decode(tiff).rgb()[0] & 0xff;
        assertThat(got).isBetween(red - 1, red);
    }

    /** Pillow takes the first for a picture with alpha, though the file does not say so. */
    @ParameterizedTest
    @CsvSource({"2, 4", "2, 5", "1, 2"})
    void samplesThatNoTagNamesMeanNothing(int photometric, int samples) throws Exception {
        long[] bits = LongStream.generate(() -> 8).limit(samples).toArray();
        byte[] pixel = new byte[samples];
        pixel[0] = 100;
        byte[] tiff =
                Tiff.grey(1, 1)
                        .tag(258, bits)
                        .tag(262, photometric)
                        .tag(277, samples)
                        .tag(273, 8)
                        .tag(279, samples)
                        .data(pixel)
                        .bytes();
        assertThat(decoder.decode(tiff).rgb()[0]).isEqualTo((byte) 100);
    }

    @ParameterizedTest
    @CsvSource({"254, 1", "254, 4", "254, 5", "255, 2"})
    void aTiffsPictureMayComeAfterItsThumbnailOrMask(int tag, int value) throws Exception {
        Tiff first = Tiff.grey(1, 1).tag(tag, value).tag(273, 8).tag(279, 1).data(new byte[] {9});
        assertThat(decoder.decode(withPictureAfter(first)).width()).isEqualTo(2);
    }

    /** Four times as wide, and of its shape; what is not is another page. */
    @ParameterizedTest
    @CsvSource({
        "30, 23, 120, 90, 120",
        "30, 23, 119, 90, 30",
        "30, 23, 120, 120, 30",
        "256, 100, 1024, 400, 1024",
        "257, 100, 1028, 400, 257",
        "120, 90, 30, 23, 120",
    })
    void aTiffsThumbnailNeedNotSayThatItIsOne(
            int width, int height, int laterWidth, int laterHeight, int expected) throws Exception {
        byte[] tiff = pages(width, height, laterWidth, laterHeight);
        assertThat(decoder.decode(tiff).width()).isEqualTo(expected);
    }

    @Test
    void theLargestOfGrowingPicturesInATiffIsTheOne() throws Exception {
        assertThat(decoder.decode(pages(20, 10, 80, 40, 320, 160)).width()).isEqualTo(320);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 1 << 20})
    void whatFollowsASmallTiffMayBeBroken(int next) throws Exception {
        Tiff alone = Tiff.grey(2, 2).tag(273, 8).tag(279, 4).data(new byte[4]);
        assertThat(decoder.decode(alone.bytes(next)).width()).isEqualTo(2);
    }

    /** Grey pages of these widths and heights that share their pixels. */
    private static byte[] pages(int... sizes) {
        byte[] pixels = new byte[IntStream.of(sizes).max().orElseThrow() * 400];
        ByteArrayOutputStream pages = new ByteArrayOutputStream();
        for (int i = 0; i < sizes.length; i += 2) {
            Tiff page = Tiff.grey(sizes[i], sizes[i + 1]).tag(273, 8).tag(279, pixels.length);
            int next = i + 2 < sizes.length ? 1 : 0;
            Tiff whole = i == 0 ? page.data(pixels) : page;
            int from = i == 0 ? 0 : 8;
            int end = pages.size() + whole.bytes().length - from;
            pages.write(whole.bytes(next * end), from, whole.bytes().length - from);
        }
        return pages.toByteArray();
    }

    /** That directory and, after it, one of a picture two pixels wide. */
    private static byte[] withPictureAfter(Tiff first) {
        byte[] before = first.bytes(first.bytes().length);
        return join(before, directory(before.length - 4));
    }

    @ParameterizedTest
    @CsvSource({"98, 2", "99, 1"})
    void aTiffIsLookedThroughForAHundredDirectories(int below, int width) throws Exception {
        Tiff first = Tiff.grey(1, 1).tag(254, 1).tag(273, 8).tag(279, 1).data(new byte[] {9});
        long[] itself = new long[below];
        Arrays.fill(itself, first.start());
        first.tag(330, itself);
        assertThat(decoder.decode(withPictureAfter(first)).width()).isEqualTo(width);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLengthsOfATiffsStripsMayBeMissing(boolean isZero) throws Exception {
        Tiff tiff = Tiff.grey(2, 3).tag(278, 2).tag(273, 8, 12).data(new byte[] {1, 2, 3, 4, 5, 6});
        byte[] bytes = isZero ? tiff.tag(279, 0, 0).bytes() : tiff.bytes();
        assertThat(decoder.decode(bytes).rgb())
                .containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6);
    }

    @Test
    void samplesThatFillTwelveOfSixteenBitsAreSpread() throws Exception {
        byte[] rows = {0, 0x0f, (byte) 0xff, 0x08, 0};
        byte[] plain = new Png(2, 1, 16, 0).chunk("sBIT", new byte[] {12}).rows(rows);
        assertThat(decoder.decode(plain).rgb()).containsExactly(-1, -1, -1, 128, 128, 128);
    }

    @Test
    void samplesThatAreSpreadAlreadyStayAsTheyAre() throws Exception {
        byte[] rows = {0, (byte) 0xff, (byte) 0xff, 0x08, 0};
        byte[] spread = new Png(2, 1, 16, 0).chunk("sBIT", new byte[] {12}).rows(rows);
        assertThat(decoder.decode(spread).rgb()).containsExactly(-1, -1, -1, 8, 8, 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void theTransparentGreyOfAPngShowsWhite(int depth) throws Exception {
        byte[] rows = {0, 0};
        byte[] whole = new Png(1, 1, depth, 0).chunk("tRNS", new byte[] {0, 0}).rows(rows);
        byte[] other = new Png(1, 1, depth, 0).chunk("tRNS", new byte[] {0, 1}).rows(rows);
        assertThat(decoder.decode(whole).rgb()).containsOnly(255);
        assertThat(decoder.decode(other).rgb()).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "18, 255"})
    void theFirstFrameOfAWebpLiesOnItsCanvas(int flags, int outside) throws Exception {
        byte[] webp = Golden.bytes("decode/lossless.webp");
        RgbPicture frame = decoder.decode(webp);
        byte[] animated = animated(webp, flags, frame, frame.width() + 10, frame.height() + 6);

        RgbPicture canvas = decoder.decode(animated);

        assertThat(canvas.width()).isEqualTo(frame.width() + 10);
        assertThat(canvas.crop(4, 2, frame.width(), frame.height()).rgb()).isEqualTo(frame.rgb());
        assertThat(canvas.rgb()[0] & 0xff).isEqualTo(outside);
    }

    private static byte[] animated(
            byte[] webp, int flags, RgbPicture frame, int width, int height) {
        byte[] chunk = Arrays.copyOfRange(webp, 12, webp.length);
        ByteBuffer out = ByteBuffer.allocate(200 + chunk.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(latin1("RIFF....WEBPVP8X")).putInt(10).putInt(flags);
        put24(out, width - 1);
        put24(out, height - 1);
        out.put(latin1("ANIM")).putInt(6).put(new byte[6]);
        out.put(latin1("ANMF")).putInt(16 + chunk.length);
        put24(out, 2);
        put24(out, 1);
        put24(out, frame.width() - 1);
        put24(out, frame.height() - 1);
        out.put(new byte[4]).put(chunk);
        out.putInt(4, out.position() - 8);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void put24(ByteBuffer out, int value) {
        out.putShort((short) value).put((byte) (value >> 16));
    }

    @Test
    void aBmpWhoseAlphaIsZeroEverywhereIsOpaque() throws Exception {
        assertThat(decoder.decode(masked(0, 0)).rgb()).containsExactly(3, 2, 1, 3, 2, 1);
        assertThat(decoder.decode(masked(0, 255)).rgb()).containsExactly(255, 255, 255, 3, 2, 1);
    }

    /** Two pixels of blue 1, green 2, red 3 and an alpha each, with masks. */
    private static byte[] masked(int first, int second) {
        ByteBuffer bmp = ByteBuffer.allocate(14 + 56 + 8).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(latin1("BM")).putInt(78).putInt(0).putInt(70);
        bmp.putInt(56).putInt(2).putInt(1).putShort((short) 1).putShort((short) 32).putInt(3);
        bmp.put(new byte[20]).putInt(0xff0000).putInt(0xff00).putInt(0xff).putInt(0xff000000);
        bmp.put(new byte[] {1, 2, 3, (byte) first, 1, 2, 3, (byte) second});
        return bmp.array();
    }

    @Test
    void aBmpOfOs2IsRead() throws Exception {
        ByteBuffer bmp = ByteBuffer.allocate(14 + 12 + 6 + 4).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(latin1("BM")).putInt(36).putInt(0).putInt(32);
        bmp.putInt(12).putShort((short) 2).putShort((short) 1);
        bmp.putShort((short) 1).putShort((short) 1);
        bmp.put(new byte[] {1, 2, 3, 4, 5, 6}).put((byte) 0x40);
        assertThat(decoder.decode(bmp.array()).rgb()).containsExactly(3, 2, 1, 6, 5, 4);
    }

    private void assertSame(byte[] file, RgbPicture expected) throws TranslateException {
        RgbPicture picture = decoder.decode(file);
        assertThat(picture.width()).isEqualTo(expected.width());
        assertThat(picture.rgb()).isEqualTo(expected.rgb());
    }

    private byte[] withSegments(byte[]... bodies) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        for (byte[] body : bodies) {
            out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (body.length + 2)});
            out.writeBytes(body);
        }
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] exif(int orientation) {
        return new Tiff().tag(274, orientation).bytes();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
