package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says about itself, and how it fails. */
class HelpTest {
    private static final List<String> COMMANDS =
            List.of(
                    "serve",
                    "predict",
                    "explain",
                    "slide",
                    "score",
                    "data",
                    "data init",
                    "data check",
                    "data split",
                    "init",
                    "card",
                    "compare",
                    "pretrain",
                    "train",
                    "evaluate",
                    "study",
                    "refit",
                    "reproduce",
                    "token",
                    "publish",
                    "list",
                    "show",
                    "diff",
                    "verify",
                    "history",
                    "gc",
                    "mirror",
                    "export",
                    "import",
                    "promote",
                    "rollback",
                    "deprecate",
                    "revoke",
                    "sign",
                    "renew",
                    "forget",
                    "keys",
                    "audit");

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void everyCommandHasHelpWithAnExample(String command) {
        CommandRun help = CommandRun.ofLine(command + " --help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains("Usage: medzoo " + command, "Example", "  medzoo " + command)
                .contains("--store", "--verbose", "--help");
        assertThat(CommandRun.ofLine(asked(command)).out()).isEqualTo(help.out());
    }

    /** Of a command below another, the other one has the help command. */
    private static String asked(String command) {
        return command.contains(" ") ? command + " --help" : "help " + command;
    }

    @Test
    void helpNamesAllCommandsAndTheExitCodes() {
        CommandRun help = CommandRun.of("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains(
                        COMMANDS.stream()
                                .filter(command -> !command.contains(" "))
                                .toArray(String[]::new))
                .contains("generate-completion", "Exit codes:", "Research use only.");
    }

    @Test
    void completionKnowsTheCommandsAndTheirOptions() {
        CommandRun completion = CommandRun.of("generate-completion");

        assertThat(completion.exitCode()).isZero();
        assertThat(completion.out()).contains("#!/usr/bin/env bash", "predict", "--recipe");
    }

    @Test
    void theVersionIsOneLine() {
        CommandRun version = CommandRun.of("--version");

        assertThat(version.exitCode()).isZero();
        assertThat(version.outLines()).singleElement().asString().startsWith("medzoo ");
    }

    @Test
    void withoutACommandItShowsThemAll() {
        CommandRun none = CommandRun.of();

        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.out()).isEmpty();
        assertThat(none.errLines().get(0)).startsWith("medzoo: command: none");
        assertThat(none.err()).contains("Usage: medzoo", "publish");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--verbose models --store ftp://here",
                "models --store ftp://here --verbose"
            })
    void verboseAddsTheStackTraceToTheLine(String line) {
        CommandRun models = CommandRun.ofLine(line);

        assertThat(models.exitCode()).isEqualTo(1);
        assertThat(models.errLines().get(0)).startsWith("medzoo: store: ftp://here (expected:");
        assertThat(models.err())
                .contains("java.lang.IllegalArgumentException", "\tat dev.medzoo.cli");
    }
}
