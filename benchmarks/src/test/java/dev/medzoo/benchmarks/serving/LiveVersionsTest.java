package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.artifact.Version;
import org.junit.jupiter.api.Test;

class LiveVersionsTest {
    private static final Version ONE = Version.parse("1.0.0");
    private static final Version TWO = Version.parse("1.0.1");

    private final LiveVersions versions = new LiveVersions();

    private static Answer by(Version version, String digest) {
        String head =
                "HTTP/1.1 200 OK\r\nX-Medzoo-Model: skin/%s\r\nX-Medzoo-Digest: %s\r\n"
                        .formatted(version, digest);
        return new Answer(200, head, "");
    }

    @Test
    void eitherMayAnswerUntilTheNewOneWasSeenTo() {
        versions.published("skin", ONE, "a");
        versions.confirmed("skin", ONE);
        assertThat(versions.fault("skin", ONE, false, by(TWO, "b"))).isNotNull();
        versions.published("skin", TWO, "b");
        assertThat(versions.fault("skin", ONE, false, by(ONE, "a"))).isNull();
        assertThat(versions.fault("skin", ONE, false, by(TWO, "b"))).isNull();
        assertThat(versions.fault("skin", ONE, true, by(TWO, "b"))).isNotNull();
        versions.confirmed("skin", TWO);
        assertThat(versions.current("skin")).isEqualTo(TWO);
        assertThat(versions.fault("skin", TWO, false, by(ONE, "a"))).isNotNull();
    }

    @Test
    void anotherDigestIsAnotherModel() {
        versions.published("skin", ONE, "a");
        assertThat(versions.fault("skin", ONE, false, by(ONE, "b")))
                .isEqualTo("x-medzoo-model: skin/1.0.0 b (expected: {1.0.0=a} of skin)");
    }
}
