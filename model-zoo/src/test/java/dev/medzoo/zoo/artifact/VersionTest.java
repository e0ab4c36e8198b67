package dev.medzoo.zoo.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void ordersNumbersAsNumbers() {
        assertThat(Stream.of("0.10.0", "0.9.1", "1.0.0", "0.9.0").map(Version::parse).sorted())
                .map(Version::toString)
                .containsExactly("0.9.0", "0.9.1", "0.10.0", "1.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.-1", "1.0.0-rc", "9999999999.0.0"})
    void refusesAnyOtherForm(String text) {
        assertThatThrownBy(() -> Version.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("version: " + text + " (expected: MAJOR.MINOR.PATCH, such as 1.0.0)");
    }
}
