package dev.medzoo.zoo.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortablePathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"card.json", "golden/disc.png", "a", "con-0000.params", "golden/com10.f32"})
    void takesWhatEverySystemTakes(String path) {
        assertThat(PortablePath.isFile(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a/",
                "/a",
                "a//b",
                "a.",
                "golden/a.",
                "a./b",
                "con",
                "CON.png",
                "golden/nul.png",
                "Lpt1.tar.gz",
                "aux/x",
                "a b",
                "a:b",
                "\u0430",
                "a\u200b",
                "a\n"
            })
    void refusesWhatOneSystemTakesForSomethingElse(String path) {
        assertThat(PortablePath.isFile(path)).isFalse();
    }

    @Test
    void refusesPathsThatDifferInCaseAlone() {
        assertThatCode(() -> PortablePath.checkDistinct(List.of("a/b", "a/c", "d")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PortablePath.checkDistinct(List.of("golden/A", "golden/a")))
                .hasMessage(
                        "path: golden/a beside golden/A (expected: to differ in more than case)");
        assertThatThrownBy(() -> PortablePath.checkDistinct(List.of("Golden/a", "golden/b")))
                .hasMessage("path: golden beside Golden (expected: to differ in more than case)");
    }
}
