package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JPEGs of several scans give what libjpeg gives when it reads them itself. */
class JpegRecoderTest {
    private final PictureDecoder decoder = new PictureDecoder();

    static Stream<Random> seeds() {
        return IntStream.range(0, 10).mapToObj(Random::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesThePixelsOfAColourPicture(Random random) throws Exception {
        byte[] jpeg = progressive(Drawn.noise(random).toBufferedImage(), random.nextFloat());
        RgbPicture read = RgbPicture.of(ImageIO.read(new ByteArrayInputStream(jpeg)));
        assertThat(decoder.decode(jpeg).rgb()).isEqualTo(read.rgb());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesThePixelsOfAGreyPicture(Random random) throws Exception {
        BufferedImage grey =
                new BufferedImage(
                        1 + random.nextInt(64),
                        1 + random.nextInt(64),
                        BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < grey.getWidth(); i++) {
            grey.getRaster().setSample(i, random.nextInt(grey.getHeight()), 0, 255);
        }
        byte[] jpeg = progressive(grey, random.nextFloat());
        RgbPicture read = RgbPicture.of(ImageIO.read(new ByteArrayInputStream(jpeg)));
        assertThat(decoder.decode(jpeg).rgb()).isEqualTo(read.rgb());
    }

    @Test
    void givesThePixelsOfAScene() throws Exception {
        for (float quality : new float[] {0.3f, 0.75f, 0.95f, 1}) {
            byte[] jpeg = progressive(Drawn.scene(501, 303, new Random(7)), quality);
            RgbPicture read = RgbPicture.of(ImageIO.read(new ByteArrayInputStream(jpeg)));
            assertThat(decoder.decode(jpeg).rgb()).isEqualTo(read.rgb());
        }
    }

    @Test
    void leavesScansThatLeaveSomethingOutToLibjpeg() throws Exception {
        byte[] jpeg = HandMade.progressive(64, 64, 1);
        RgbPicture read = RgbPicture.of(ImageIO.read(new ByteArrayInputStream(jpeg)));
        assertThat(decoder.decode(jpeg).rgb()).isEqualTo(read.rgb());
    }

    @Test
    void refusesAScanThatEndsEarly() {
        byte[] jpeg = HandMade.progressive(640, 640, 2);
        // The first scan's data, 6400 bits, begin after the tables and headers.
        byte[] cut = new byte[jpeg.length - 400];
        System.arraycopy(jpeg, 0, cut, 0, 140);
        System.arraycopy(jpeg, 540, cut, 140, cut.length - 140);
        assertThatThrownBy(() -> decoder.decode(cut))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: truncated or damaged JPEG (Corrupt JPEG data: ");
    }

    private static byte[] progressive(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
