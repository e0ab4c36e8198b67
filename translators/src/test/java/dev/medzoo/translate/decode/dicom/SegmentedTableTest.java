package dev.medzoo.translate.decode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of four entries of 16 bits, in words; the place of an indirect segment is in bytes. */
class SegmentedTableTest {
    private static final int COUNT = 4;

    @ParameterizedTest
    @CsvSource({
        "0 4 7 9 7 1, 7 9 7 1",
        "0 2 7 9 1 2 19, 7 9 14 19",
        "0 1 100 1 3 0, 100 67 33 0",
        "0 2 7 9 2 1 0 0, 7 9 7 9",
        "0 1 7 1 1 9 2 1 6 0 0 1 3, 7 9 9 3",
        "0 1 65535 1 3 65535, 65535 65535 65535 65535"
    })
    void makesATableWhole(String segments, String entries) throws IOException {
        short[] table = table(segments);
        for (int i = 0; i < COUNT; i++) {
            assertThat(table[i] & 0xffff).isEqualTo(Integer.parseInt(entries.split(" ", -1)[i]));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 2 9 | begins with a linear segment",
                "0 0 | a segment of no entries",
                "3 1 2 | a segment of kind 3 (expected: 0, 1 or, once, 2)",
                "0 3 7 9 | ends inside a segment",
                "0 2 7 9 | 2 entries in segments (expected: 4)",
                "0 5 1 2 3 4 5 | more entries in segments (expected: 4)",
                "0 1 7 1 65535 9 | more entries in segments (expected: 4)",
                "0 1 7 2 1 3 0 | a segment that points outside",
                "0 1 7 2 1 14 0 | a segment that points outside",
                "0 1 7 2 1 0 65535 | a segment that points outside",
                "0 1 7 2 9 6 0 | a segment of kind 2"
            })
    void refusesOneThatHasNoEndOrNoSense(String segments, String why) {
        assertThatThrownBy(() -> table(segments))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    private static short[] table(String segments) throws IOException {
        String[] words = segments.split(" ", -1);
        ByteBuffer bytes = ByteBuffer.allocate(2 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (String word : words) {
            bytes.putShort((short) Integer.parseInt(word));
        }
        Element data = new Element(Tag.RED_SEGMENTS, "OW", 0, bytes.capacity());
        return SegmentedTable.entries(bytes.array(), data, COUNT, 16);
    }
}
