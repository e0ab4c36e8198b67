package dev.medzoo.serving.oip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PendingBytesTest {
    @Test
    void oneClientLeavesHalfToOthers() {
        PendingBytes bytes = new PendingBytes(100);

        assertThat(bytes.add("a", 50)).isTrue();
        assertThat(bytes.add("a", 1)).isFalse();
        assertThat(bytes.add("b", 30)).isTrue();
        assertThat(bytes.add("c", 21)).isFalse();
        assertThat(bytes.add("c", 20)).isTrue();
        assertThat(bytes.sum()).isEqualTo(100);
        bytes.remove("a", 50);
        assertThat(bytes.add("a", 50)).isTrue();
    }
}
