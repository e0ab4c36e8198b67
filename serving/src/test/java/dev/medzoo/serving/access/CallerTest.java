package dev.medzoo.serving.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    @ParameterizedTest
    @CsvSource({
        "PREDICT, PREDICT, true",
        "PREDICT, OBSERVE, false",
        "PREDICT, MANAGE,  false",
        "OBSERVE, PREDICT, false",
        "OBSERVE, OBSERVE, true",
        "OBSERVE, MANAGE,  false",
        "MANAGE,  PREDICT, true",
        "MANAGE,  OBSERVE, true",
        "MANAGE,  MANAGE,  true"
    })
    void manageIncludesTheOthersAndNoneOfThemAnother(Role has, Role asked, boolean may) {
        assertThat(new Caller("ana", Set.of(has)).may(asked)).isEqualTo(may);
    }

    @Test
    void severalRolesAllowWhatEachAllows() {
        Caller both = new Caller("ana", Set.of(Role.PREDICT, Role.OBSERVE));

        assertThat(both.may(Role.PREDICT)).isTrue();
        assertThat(both.may(Role.OBSERVE)).isTrue();
        assertThat(both.may(Role.MANAGE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "anonymous", "-ana", "a b", "a\n", "a,b", "änna", "a#"})
    void refusesAnIdThatWouldConfuseALogOrAFile(String id) {
        assertThatThrownBy(() -> new Caller(id, Set.of(Role.PREDICT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("id: " + id + " (expected: 1 to 64");
    }

    @Test
    void refusesALongIdAndNoRole() {
        assertThatThrownBy(() -> new Caller("a".repeat(65), Set.of(Role.PREDICT)))
                .hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> new Caller("ana", Set.of()))
                .hasMessage("roles: none (expected one of: [predict, observe, manage])");
    }
}
