package dev.medzoo.benchmarks.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.PictureDecoder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class HostilePicturesTest {
    private static final long PIXELS = 300_000;

    static Stream<HostilePicture> pictures() {
        return HostilePictures.of(PIXELS).stream();
    }

    @Test
    void areTwoHundredAtLeastEachWithANameOfItsOwn() {
        List<String> names = pictures().map(HostilePicture::name).toList();
        assertThat(names).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    }

    /** Each is refused for what its headers say, or ends at the first row: nothing runs on. */
    @ParameterizedTest
    @MethodSource("pictures")
    void endWhenNobodyWaits(HostilePicture picture) {
        byte[] bytes = picture.bytes();
        assertThat(picture.bytes()).isEqualTo(bytes);
        PictureDecoder decoder = new PictureDecoder(PIXELS);
        assertThatThrownBy(() -> decoder.decode(bytes, () -> false))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: ");
    }
}
