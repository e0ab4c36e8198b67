package dev.medzoo.benchmarks.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.PictureDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MutationTest {
    private static final long PIXELS = 10_000;

    @Test
    void putsChecksumsRightSoThatPixelsAreReached() {
        List<HostilePicture> pngs =
                HostilePictures.of(PIXELS).stream()
                        .filter(each -> each.name().startsWith("png: colour"))
                        .toList();
        Random random = new Random(1);
        Mutation mutation = new Mutation(random);
        PictureDecoder decoder = new PictureDecoder(PIXELS);
        Set<String> endings = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            byte[] parent = pngs.get(random.nextInt(pngs.size())).bytes();
            byte[] other = pngs.get(random.nextInt(pngs.size())).bytes();
            try {
                decoder.decode(mutation.of(parent, other));
                endings.add("decoded");
            } catch (TranslateException e) {
                endings.add(String.valueOf(e.getMessage()).replaceAll("[0-9]+", "0"));
            }
        }
        assertThat(endings).contains("decoded").hasSizeGreaterThan(5);
        assertThat(endings).noneMatch(each -> each.contains("damaged chunk"));
    }
}
