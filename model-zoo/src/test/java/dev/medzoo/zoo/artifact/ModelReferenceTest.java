package dev.medzoo.zoo.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"pretrained-skin", "pretrained-skin/1.0.0", "pretrained-skin@candidate"})
    void writesWhatItReads(String text) {
        assertThat(ModelReference.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Skin",
                "..",
                "../skin",
                "skin/",
                "skin/latest",
                "skin/1.0.0/x",
                "skin/../x",
                "skin@",
                "skin@Stable",
                "skin@a/1.0.0",
                "skin/1.0.0@a",
                "-skin",
                "skin-",
                "sk in",
                "skin?x=1",
                "skin\n",
                "skín"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> ModelReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "model reference: "
                                + text
                                + " (expected: name, name/1.0.0 or name@alias, in lower case)");
    }

    @Test
    void refusesAVersionOfAnotherForm() {
        assertThatThrownBy(() -> ModelReference.parse("skin/1.0"))
                .hasMessage("version: 1.0 (expected: MAJOR.MINOR.PATCH, such as 1.0.0)");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertThatThrownBy(() -> ModelReference.parse("a".repeat(65)))
                .hasMessageStartingWith("name: aaaa")
                .hasMessageContaining("at most 64 characters");
    }
}
