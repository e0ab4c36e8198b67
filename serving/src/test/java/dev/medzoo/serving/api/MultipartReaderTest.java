package dev.medzoo.serving.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.api.FormFields.Field;
import dev.medzoo.serving.refusal.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
    private static final String DISPOSITION = "Content-Disposition: form-data; name=\"data\"";

    @Test
    void givesEveryPartAsItIs() throws Exception {
        List<Field> fields =
                read(
                        "preamble\r\n--b\r\n"
                                + DISPOSITION
                                + "; filename=\"a;b=c.png\"\r\nContent-Type: image/png\r\n\r\n"
                                + "one\r\n--c\r\n-b\r\n"
                                + "\r\n--b  \r\ncontent-disposition: form-data; name=other\r\n\r\n"
                                + "\r\n--b--\r\nepilogue");

        assertThat(fields).extracting(Field::name).containsExactly("data", "other");
        assertThat(text(fields.get(0))).isEqualTo("one\r\n--c\r\n-b\r\n");
        assertThat(text(fields.get(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONTENT-DISPOSITION: FORM-DATA; NAME=\"data\"",
                "content-disposition:form-data;name=data",
                "Content-Disposition: form-data;\r\n  name=\"data\"",
                "Content-Disposition: form-data; filename=\"a\\\"; name=x\"; name=\"data\"",
                "Content-Disposition: form-data; filename*=klingon''a; name=\"data\"",
                "Content-Type: text/plain; charset=klingon\r\n" + DISPOSITION
            })
    void readsHeadersAsTheyAreWritten(String headers) throws Exception {
        for (String end : List.of("\r\n", "\n")) {
            List<Field> fields =
                    read(("--b\r\n" + headers + "\r\n\r\nA\r\n--b--").replace("\r\n", end));

            assertThat(fields).extracting(Field::name).containsExactly("data");
            assertThat(text(fields.get(0))).isEqualTo("A");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A | no end",
                "--b\\Content-Type: image/png\\\\A\\--b-- | part 1 has content-disposition none, not form-data",
                "--b\\Content-Disposition: attachment\\\\A\\--b-- | part 1 has content-disposition attachment, not form-data",
                "--b\\D; name=a\\Content-Transfer-Encoding: base64\\\\A\\--b-- | part 1 has content-transfer-encoding base64",
                "--b\\D\\\\A\\--b\\D\\\\A | no end",
                "--b\\D\\\\A\\--b\\D | it ends within the headers of part 2",
                "--b\\D\\no colon\\\\A\\--b-- | part 1 has a header without a name",
                "--b D\\D\\\\A\\--b-- | part 1 begins in the line of its delimiter"
            })
    void saysWhatIsWrongWithABrokenOne(String body, String why) {
        String sent =
                body.replace("D;", "Content-Disposition: form-data;")
                        .replace("\\D\\", "\\Content-Disposition: form-data\\")
                        .replace("\\", "\r\n");

        assertThatThrownBy(() -> read(sent))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("multipart: " + why + " (expected: complete, ");
    }

    @Test
    void boundsTheHeadersOfAPart() throws Exception {
        String lines = "x: y\r\n".repeat(MultipartReader.MOST_HEADER_BYTES / 6 - 20);
        assertThat(read("--b\r\n" + DISPOSITION + "\r\n" + lines + "\r\nA\r\n--b--")).hasSize(1);
        for (String more : List.of(lines + lines, "x: " + "y".repeat(1 << 22) + "\r\n")) {
            assertThatThrownBy(
                            () -> read("--b\r\n" + DISPOSITION + "\r\n" + more + "\r\nA\r\n--b--"))
                    .hasMessageContaining("part 1 has over 8192 bytes of headers");
        }
    }

    @Test
    void boundsTheParts() throws Exception {
        String part = "--b\r\n" + DISPOSITION + "\r\n\r\nA\r\n";
        assertThat(read(part.repeat(4) + "--b--")).hasSize(4);
        assertThatThrownBy(() -> read(part.repeat(5) + "--b--"))
                .hasMessageContaining("over 4 parts");
    }

    @Test
    void takesTheBoundariesThatTheStandardHas() throws Exception {
        for (String boundary : List.of("", "b".repeat(71))) {
            assertThatThrownBy(() -> MultipartReader.read(new byte[9], boundary, 4))
                    .hasMessageContaining("no boundary of 1 to 70 characters in its type");
        }
        HeaderValue type = HeaderValue.parse("Multipart/Form-Data; charset=x; BOUNDARY=\"a b\"");
        assertThat(type.value()).isEqualTo("multipart/form-data");
        assertThat(type.parameter("boundary", "")).isEqualTo("a b");
    }

    private static List<Field> read(String body) throws RefusedException {
        return MultipartReader.read(body.getBytes(ISO_8859_1), "b", 4);
    }

    private static String text(Field field) {
        return new String(field.value(), ISO_8859_1);
    }
}
