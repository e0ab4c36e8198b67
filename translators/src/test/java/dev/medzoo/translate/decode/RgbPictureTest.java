package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RgbPictureTest {
    static Stream<Random> seeds() {
        return IntStream.range(0, 10).mapToObj(Random::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void survivesJavasPicture(Random random) {
        RgbPicture picture = Drawn.noise(random);
        assertThat(RgbPicture.of(picture.toBufferedImage()).rgb()).isEqualTo(picture.rgb());
        Object wrapped = picture.toImage().getWrappedImage();
        assertThat(RgbPicture.of((BufferedImage) wrapped).rgb()).isEqualTo(picture.rgb());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isUprightAgainAfterTurningThereAndBack(Random random) {
        RgbPicture picture = Drawn.noise(random);
        int[] back = {1, 2, 3, 4, 5, 8, 7, 6};
        for (int i = 0; i < back.length; i++) {
            RgbPicture turned = Orientation.upright(picture, i + 1);
            assertThat(Orientation.upright(turned, back[i]).rgb()).isEqualTo(picture.rgb());
        }
    }

    /** In squares, the last of which are cut. */
    @Test
    void turnsALargePictureWhole() {
        byte[] rgb = new byte[3 * 70 * 37];
        new Random(1).nextBytes(rgb);
        RgbPicture turned = Orientation.upright(new RgbPicture(70, 37, rgb), 6);
        assertThat(turned.width()).isEqualTo(37);
        for (int y = 0; y < 70; y++) {
            for (int x = 0; x < 37; x++) {
                // A quarter turn to the right: the first column from below is the first row.
                assertThat(turned.rgb()[3 * (y * 37 + x)]).isEqualTo(rgb[3 * ((36 - x) * 70 + y)]);
            }
        }
    }

    @Test
    void keepsGreyAsItIsStored() {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
            BufferedImage image = new BufferedImage(1, 1, type);
            boolean deep = type == BufferedImage.TYPE_USHORT_GRAY;
            image.getRaster().setSample(0, 0, 0, deep ? (100 << 8) + 200 : 100);
            assertThat(RgbPicture.of(image).rgb()).containsExactly(100, 100, 100);
        }
    }

    @Test
    void showsWhiteThroughWhatIsTransparent() {
        for (int type :
                new int[] {
                    BufferedImage.TYPE_INT_ARGB,
                    BufferedImage.TYPE_4BYTE_ABGR,
                    BufferedImage.TYPE_INT_ARGB_PRE,
                    BufferedImage.TYPE_4BYTE_ABGR_PRE
                }) {
            BufferedImage image = new BufferedImage(3, 1, type);
            image.setRGB(0, 0, 0x00112233);
            image.setRGB(1, 0, 0xff102030);
            image.setRGB(2, 0, 0x80000000);
            assertThat(RgbPicture.of(image).rgb())
                    .containsExactly(255, 255, 255, 0x10, 0x20, 0x30, 127, 127, 127);
        }
    }

    @Test
    void readsAWindowOntoALargerPicture() {
        BufferedImage image = Drawn.blot(20, 16).toBufferedImage();
        RgbPicture part = RgbPicture.of(image.getSubimage(5, 4, 7, 6));
        assertThat(part.rgb()).isEqualTo(RgbPicture.of(image).crop(5, 4, 7, 6).rgb());
    }

    @Test
    void refusesBytesThatDoNotFitTheSize() {
        assertThatThrownBy(() -> new RgbPicture(2, 2, new byte[11]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("picture: 11 bytes for 2x2 pixels (expected: 12)");
    }

    @Test
    void refusesACropOutsideThePicture() {
        assertThatThrownBy(() -> Drawn.blot(8, 8).crop(5, 0, 4, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crop: 4x4 at (5, 0) (expected: inside 8x8)");
    }
}
