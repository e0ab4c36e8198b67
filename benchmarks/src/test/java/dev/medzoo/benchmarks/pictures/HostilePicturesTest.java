package dev.medzoo.benchmarks.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import com.sun.management.ThreadMXBean;
import dev.medzoo.translate.decode.PictureDecoder;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class HostilePicturesTest {
    private static final long PIXELS = 300_000;

    /** One after the other, most of them garbage at once; a bomb here holds 500 million. */
    private static final long MOST_BYTES = 150_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** By name; to draw one may take a second. */
    private static final Map<String, byte[]> DRAWN = new HashMap<>();

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
        byte[] bytes = drawn(picture);
        assertThat(picture.bytes()).isEqualTo(bytes);
        PictureDecoder decoder = new PictureDecoder(PIXELS);
        assertThatThrownBy(() -> decoder.decode(bytes, () -> false))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: ");
    }

    private static byte[] drawn(HostilePicture picture) {
        return DRAWN.computeIfAbsent(picture.name(), name -> picture.bytes());
    }

    /** Bombs unpack far more than the picture needs. */
    @ParameterizedTest
    @MethodSource("pictures")
    void takeNoMoreMemoryThanTheyMay(HostilePicture picture) {
        byte[] bytes = drawn(picture);
        PictureDecoder decoder = new PictureDecoder(PIXELS);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            decoder.decode(bytes);
        } catch (TranslateException refused) {
            assertThat(refused).hasMessageStartingWith("picture: ");
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .isLessThan(MOST_BYTES + 3L * bytes.length);
    }
}
