package dev.medzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stable version of every model in this project's store holds to. */
@Tag("slow")
class PublishedModelsTest {
    private static final MedZoo ZOO = new MedZoo(Store.open("../model-store"));

    /** White to black, tones of skin, tissue and stains, and none of these. */
    private static final int[] COLOURS = {
        0xffffff, 0xfafafa, 0xc0c0c0, 0x808080, 0x404040, 0x000000, 0xffdbac, 0xe0ac69, 0xc68642,
        0x8d5524, 0xf0b4c8, 0xdc78aa, 0xc8a0c8, 0xb45a3c, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00
    };

    static Set<String> models() throws Exception {
        return ZOO.index().artifacts().keySet();
    }

    @ParameterizedTest
    @MethodSource("models")
    void flagsWhatIsFlatOrNearlyFlat(String name) throws Exception {
        ModelReference stable = ModelReference.parse(name);
        try (ZooModel<Image, Finding> model = ZOO.load(stable, Image.class, Finding.class);
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            for (int colour : COLOURS) {
                for (int noise : new int[] {0, 2}) {
                    Finding finding = predictor.predict(plane(colour, noise).toImage());
                    assertThat(Objects.requireNonNull(finding.outOfDistribution()).beyond())
                            .as("%06x, noise of %d".formatted(colour, noise))
                            .isTrue();
                }
            }
        }
    }

    private static RgbPicture plane(int colour, int noise) {
        Random random = new Random(colour);
        byte[] rgb = new byte[3 * 300 * 240];
        for (int i = 0; i < rgb.length; i++) {
            int level = (colour >> (8 * (2 - i % 3))) & 0xff;
            int drawn = level + random.nextInt(2 * noise + 1) - noise;
            rgb[i] = (byte) Math.max(0, Math.min(255, drawn));
        }
        return new RgbPicture(300, 240, rgb);
    }
}
