package dev.medzoo.benchmarks.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MutationTest {
    private static final long PIXELS = 10_000;

    @Test
    void putsChecksumsRightSoThatPixelsAreReached() {
        Set<String> endings = endings("png: colour");
        assertThat(endings).contains("decoded").hasSizeGreaterThan(5);
        assertThat(endings).noneMatch(each -> each.contains("damaged chunk"));
    }

    @Test
    void changesTheDirectoryOfATiffSoThatOtherCodecsAreReached() {
        assertThat(endings("tiff: deflated, 3 samples of 8 bits"))
                .contains("decoded")
                .anyMatch(each -> each.contains("strips or tiles"))
                .anyMatch(each -> each.contains("Compression value"))
                .anyMatch(each -> each.contains("PhotometricInterpretation value"))
                .anyMatch(each -> each.contains("SampleFormat"));
    }

    /** Of children of the hostile pictures whose names begin so. */
    private static Set<String> endings(String name) {
        List<HostilePicture> parents =
                HostilePictures.of(PIXELS).stream()
                        .filter(each -> each.name().startsWith(name))
                        .toList();
        Random random = new Random(1);
        Mutation mutation = new Mutation(random);
        PictureDecoder decoder = new PictureDecoder(PIXELS);
        Set<String> endings = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            byte[] parent = parents.get(random.nextInt(parents.size())).bytes();
            byte[] other = parents.get(random.nextInt(parents.size())).bytes();
            try {
                decoder.decode(mutation.of(parent, other));
                endings.add("decoded");
            } catch (TranslateException e) {
                endings.add(String.valueOf(e.getMessage()).replaceAll("[0-9]+", "0"));
            }
        }
        return endings;
    }
}
