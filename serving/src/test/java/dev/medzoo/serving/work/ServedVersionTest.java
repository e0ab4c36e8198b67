package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServedVersionTest {
    private static final ServedVersion SKIN = new ServedVersion("skin", "1.10.0");

    @Test
    void sortsAsItIsWritten() {
        List<String> written = List.of("a-b/1.0.0", "a/1.0.0", "a/1.10.0", "a/1.2.0", "a0/1.0.0");
        assertThat(written).isSorted();
        assertThat(written.stream().map(ServedVersionTest::read).toList()).isSorted();
        assertThat(read("a/1.0.0")).isEqualByComparingTo(read("a/1.0.0")).hasToString("a/1.0.0");
    }

    @Test
    void isWhatARequestForItOrForAnyVersionMeans() {
        assertThat(SKIN.is("skin", null)).isTrue();
        assertThat(SKIN.is("skin", "1.10.0")).isTrue();
        assertThat(SKIN.is("skin", "1.1")).isFalse();
        assertThat(SKIN.is("ski", null)).isFalse();
    }

    private static ServedVersion read(String text) {
        String[] parts = text.split("/", 2);
        return new ServedVersion(parts[0], parts[1]);
    }
}
