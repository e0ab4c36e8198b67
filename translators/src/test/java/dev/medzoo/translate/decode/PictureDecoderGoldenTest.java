package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.translate.TranslateException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format, against the pixels that Pillow gives for the same file. */
@Tag("jdk")
class PictureDecoderGoldenTest {
    static Stream<List<String>> files() {
        return Golden.rows("decode/cases.csv");
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesThePixelsOfPillow(List<String> row) throws TranslateException {
        RgbPicture expected = Golden.picture("decode/" + row.get(4), row.get(1), row.get(2));
        RgbPicture decoded = new PictureDecoder().decode(Golden.bytes("decode/" + row.get(0)));
        assertThat(decoded.width()).isEqualTo(expected.width());
        assertThat(decoded.height()).isEqualTo(expected.height());
        assertThat(Golden.difference(decoded, expected))
                .isLessThanOrEqualTo(Integer.parseInt(row.get(3)));
    }
}
