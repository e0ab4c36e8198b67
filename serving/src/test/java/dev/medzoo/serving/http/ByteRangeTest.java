package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0, 10",
        "bytes=3-, 3, 10",
        "bytes=3-3, 3, 4",
        "bytes=9-99999, 9, 10",
        "bytes=-4, 6, 10",
        "bytes=-99, 0, 10"
    })
    void isWhatTheHeaderSays(String header, int from, int to) throws Exception {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange(from, to));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=-",
                "bytes=5-4",
                "bytes=0-1,3-4",
                "bytes=a-b",
                "lines=0-1",
                "bytes=99999999999999999999-",
                "0-1"
            })
    void isTheWholeFileWhereThereIsNone(String header) throws Exception {
        assertThat(ByteRange.of(header, 10)).isNull();
        assertThat(ByteRange.of(null, 10)).isNull();
    }

    @Test
    void isRefusedBeyondTheEnd() {
        for (String header : new String[] {"bytes=10-", "bytes=11-12", "bytes=-0"}) {
            assertThatThrownBy(() -> ByteRange.of(header, 10))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.refusal().kind().status()).isEqualTo(416));
        }
    }
}
