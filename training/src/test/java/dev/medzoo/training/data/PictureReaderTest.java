package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.format.Sha256;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureReaderTest {
    private static final Transform TRANSFORM = Transform.square(64);

    @Test
    void givesALargePictureToTheNetworkAsServingDoes(@TempDir Path folder) throws Exception {
        LabelledPicture picture = drawn(folder);
        PictureReader reader = new PictureReader(100_000_000);
        float[] served =
                NetworkInput.of(
                                Files.readAllBytes(picture.file()),
                                new PictureDecoder(),
                                PictureOptions.USUAL,
                                TRANSFORM,
                                () -> true)
                        .values();
        for (int i = 0; i < 2; i++) {
            assertThat(reader.input(picture, TRANSFORM)).isEqualTo(served);
        }
        assertThat(TRANSFORM.apply(reader.read(picture))).isNotEqualTo(served);
    }

    @Test
    void bringsALargePictureToItsFormFirst(@TempDir Path folder) throws Exception {
        LabelledPicture picture = drawn(folder).in(InputSize.square(96));
        PictureReader reader = new PictureReader(0);
        assertThat(reader.input(picture, TRANSFORM))
                .isEqualTo(TRANSFORM.apply(reader.read(picture)));
    }

    private static LabelledPicture drawn(Path folder) throws IOException {
        BufferedImage image = new BufferedImage(1700, 1300, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        for (int i = 0; i < 100; i++) {
            pen.setColor(new Color(2 * i, 255 - 2 * i, i));
            pen.fillOval(17 * i, 9 * i, 70, 90 + i);
        }
        pen.dispose();
        Path file = folder.resolve("drawn.jpg");
        ImageIO.write(image, "jpg", file.toFile());
        return new LabelledPicture(file, 0, "one", Sha256.hex(Files.readAllBytes(file)));
    }
}
