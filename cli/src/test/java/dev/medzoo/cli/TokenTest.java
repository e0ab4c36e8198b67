package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.access.Caller;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.access.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that the command makes are those that a server knows. */
class TokenTest {
    @TempDir private Path temp = Path.of("");

    @Test
    void showsATokenOnceAndTheLineForTheFile() throws Exception {
        CommandRun made = CommandRun.ofLine("token new ana --role predict,observe");

        assertThat(made.exitCode()).isZero();
        assertThat(made.err()).isEmpty();
        Path file = Files.writeString(temp.resolve("tokens"), made.outLines().get(3));
        assertThat(Tokens.read(file).authenticate("Bearer " + made.outLines().get(0)))
                .contains(new Caller("ana", Set.of(Role.PREDICT, Role.OBSERVE)));
        assertThat(made.outLines().get(2)).isEqualTo("For a server's tokens_file:");
    }

    @Test
    void writesTheLineIntoAFile() throws Exception {
        Path file = temp.resolve("tokens");
        CommandRun ana = CommandRun.ofLine("token new ana --role manage --file " + file);
        CommandRun bob = CommandRun.ofLine("token new bob --role observe --file " + file);

        assertThat(ana.outLines().get(2)).isEqualTo("Written to " + file + ":");
        Tokens tokens = Tokens.read(file);
        assertThat(tokens.authenticate("Bearer " + ana.outLines().get(0)).orElseThrow().id())
                .isEqualTo("ana");
        assertThat(tokens.authenticate("Bearer " + bob.outLines().get(0)).orElseThrow().id())
                .isEqualTo("bob");
        assertThat(file).content().doesNotContain(ana.outLines().get(0));

        CommandRun again = CommandRun.ofLine("token new ana --role manage --file " + file);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out()).isEmpty();
        assertThat(again.errLines())
                .containsExactly(
                        "medzoo: " + file + ":3: id: ana as in line 1 (expected: another)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    token                               | 2 | command: none (expected: new)
                    token new                           | 2 | ID
                    token new ana                       | 2 | --role
                    token new ana --role admin          | 2 | admin
                    token new anonymous --role predict  | 1 | id: anonymous (expected: 1 to 64
                    token new -- -a --role              | 2 | --role
                    """)
    void saysWhatIsWrong(String line, int exitCode, String said) {
        CommandRun run = CommandRun.ofLine(line);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines().get(0)).startsWith("medzoo: ").contains(said);
    }

    @Test
    void newHasHelpWithExamples() {
        assertThat(CommandRun.of("token", "new", "--help").out())
                .contains("Usage: medzoo token new", "Examples:", "  medzoo token new ana");
    }
}
