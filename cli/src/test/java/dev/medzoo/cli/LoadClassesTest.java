package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LoadClassesTest {
    @Test
    void predictsAndServesOnceAndSaysNothing() {
        CommandRun run = CommandRun.of("load-classes");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void isNoCommandThatPeopleNeedToKnow() {
        assertThat(CommandRun.of("--help").out()).doesNotContain("load-classes");
    }
}
