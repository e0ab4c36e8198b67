package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.applications.Session.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
    @Test
    void splitsCommandsFromWhatTheyPrint() {
        assertThat(Session.of("$ cat a |\n  wc -l\n3\n$ ls \\\n  b\nb\nc").steps())
                .containsExactly(new Step("cat a |\n  wc -l", "3"), new Step("ls \\\n  b", "b\nc"));
        assertThat(Session.of("mvn verify").steps()).containsExactly(new Step("mvn verify", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "nv 69.2 %, nv   7 %, true",
        "nv 69.2 %, mel 69.2 %, false",
        "sha256:…, sha256:3a220dfc3748, true",
        "sha256:866d632a66517c06, sha256:0123456789abcdef, true",
        "wrote a ... done, wrote a and b done, true",
        "wrote a ... done, wrote a and b, false"
    })
    void allowsOtherNumbersAndNoOtherWords(String printed, String output, boolean allowed) {
        assertThat(new Step("x", printed).allows(output)).isEqualTo(allowed);
    }
}
