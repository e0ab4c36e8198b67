package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.audit.AuditEvent;
import dev.medzoo.serving.audit.AuditEvent.Via;
import dev.medzoo.serving.audit.AuditLog;
import dev.medzoo.serving.audit.AuditSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Making a key for an audit log, and verifying a log. */
class AuditTest {
    @TempDir private Path temp = Path.of("");
    private Path file = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void writeLog() throws Exception {
        file = temp.resolve("audit.log");
        key = temp.resolve("audit.key");
        CommandRun made = CommandRun.of("audit", "key", key.toString());
        assertThat(made.exitCode()).isZero();
        assertThat(made.outLines()).singleElement().asString().matches("[0-9a-f]{16}");
        try (AuditLog log = AuditLog.open(new AuditSettings(file, key))) {
            for (int i = 0; i < 3; i++) {
                log.append(event("r-" + i)).join();
            }
            assertThat(Files.readString(file)).contains(made.outLines().get(0));
        }
    }

    private static AuditEvent event(String id) {
        return new AuditEvent(id, Via.HTTP, "ward", "skin", null, null, null, 404, null);
    }

    private CommandRun verify(String... more) {
        String[] all = {"audit", "verify", file.toString(), "--key", key.toString()};
        return CommandRun.of(Stream.of(all, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private static String last(CommandRun run) {
        return run.outLines().get(4).replaceFirst("last +", "");
    }

    @Test
    void saysWhatTheLogHoldsAndWithWhichLineItEnds() {
        CommandRun run = verify();

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .startsWith("files   1", "lines   4", "events  3", "lost    0")
                .last()
                .asString()
                .startsWith("The log is intact up to its last line. It cannot");
        assertThat(last(run)).matches("4:[0-9a-f]{64}");
        assertThat(verify("--expect", last(run)).out()).contains("contains the expected line");
        assertThat(verify("--after", last(run)).exitCode()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        String noted = last(verify());
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 3));
        assertThat(verify().exitCode()).isZero();

        CommandRun cut = verify("--expect", noted);
        assertThat(cut.exitCode()).isEqualTo(1);
        assertThat(cut.outLines())
                .last()
                .isEqualTo("WRONG ends with seq 3 (expected: at least 4): cut off at the end");

        lines.set(1, lines.get(1).replace("ward", "hall"));
        Files.write(file, lines);
        CommandRun changed = verify();
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.out())
                .contains("WRONG " + file + " line 2: changed, or not of this log (expected: ");
    }

    @Test
    void tellsTheFirstFaultsAndCountsTheOthers() throws Exception {
        Files.writeString(file, "x\n".repeat(50));

        assertThat(verify().outLines()).hasSize(27).last().isEqualTo("and 30 more");
    }

    @Test
    void failsInOneLine() throws Exception {
        fails(CommandRun.of("audit", "key", key.toString()), key + ": already exists");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        fails(verify(), key + ": permissions rw-r--r-- (expected: rw-------; chmod 600 " + key);
        file = temp.resolve("none.log");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        fails(verify(), file + ": no such file or folder");
        key = temp.resolve("none.key");
        fails(verify(), key + ": no such file or folder");
    }

    private static void fails(CommandRun run, String message) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    audit                                  | command: none (expected: key or verify)
                    audit key                              | Missing required parameter; FILE
                    audit verify a.log                     | Missing required option; --key
                    audit verify a.log --key k --expect 12 | --expect; 12 (expected: SEQ:MAC
                    """)
    void wrongUsageEndsWith2(String command, String said) {
        CommandRun run = CommandRun.ofLine(command);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(2);
        assertThat(run.errLines().get(0)).startsWith("medzoo: ").contains(said.split("; "));
    }

    @ParameterizedTest
    @CsvSource({"key", "verify"})
    void eachHasHelpWithAnExample(String command) {
        CommandRun help = CommandRun.of("audit", command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains("Usage: medzoo audit " + command, "Example", "  medzoo audit " + command);
    }
}
