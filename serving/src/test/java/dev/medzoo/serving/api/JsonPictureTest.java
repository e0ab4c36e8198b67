package dev.medzoo.serving.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.refusal.RefusedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPictureTest {
    private static final byte[] PICTURE = {(byte) 0xfb, (byte) 0xff, (byte) 0xbf, 0, 1};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+/+/AAE=",
                "-_-_AAE=",
                "-/+_AAE",
                " +/+/\\r\\n\\tAAE=\\n\\u000b\\f",
                "data:image/png;name=a;base64,+/+/ AAE=",
                "DATA:;BASE64,-_-_AAE"
            })
    void isReadInEveryFormOfBase64(String text) throws Exception {
        assertThat(JsonPicture.of(json(text))).isEqualTo(PICTURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+/+/AAE=é",
                "ſAAA",
                "AAA\\u0000",
                "data:image/png,AAAA",
                "data:a,b;base64,AAAA",
                "AAAA,",
                "A"
            })
    void isRefusedWhereItIsNoBase64(String text) {
        assertThatThrownBy(() -> JsonPicture.of(json(text)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("data: no base64 (expected: ");
    }

    private static byte[] json(String text) {
        return "{\"data\": \"%s\"}".formatted(text).getBytes(UTF_8);
    }
}
