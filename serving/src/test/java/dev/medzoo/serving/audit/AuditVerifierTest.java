package dev.medzoo.serving.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to a log by someone without its key is found, but for a shorter end. */
@Tag("slow")
class AuditVerifierTest {
    @TempDir private Path temp = Path.of("");
    private LogFolder folder = new LogFolder(temp);

    @BeforeEach
    void writeLog() throws IOException {
        folder = LogFolder.in(temp);
        try (AuditLog log = folder.openSmall()) {
            LogFolder.append(log, 25);
        }
        assertThat(folder.verify().faults()).isEmpty();
        assertThat(folder.files()).hasSizeGreaterThan(2);
    }

    private Path oldest() throws IOException {
        return folder.files().get(0);
    }

    private void isFound(String what) throws IOException {
        assertThat(folder.verify().isFaultless()).as(what).isFalse();
    }

    @Test
    void everyByteCounts(@TempDir Path other) throws Exception {
        LogFolder small = LogFolder.in(other);
        try (AuditLog log = small.open()) {
            LogFolder.append(log, 3);
        }
        byte[] right = Files.readAllBytes(small.file());
        for (int i = 0; i < right.length; i++) {
            byte[] wrong = right.clone();
            wrong[i] ^= 1;
            Files.write(small.file(), wrong);
            assertThat(small.verify().isFaultless()).as("byte %d", i).isFalse();
        }
    }

    /** After each line, and at some places within each. */
    private static IntStream cuts(String file) {
        return IntStream.range(0, file.length()).filter(n -> n % 37 == 0 || atALine(file, n));
    }

    private static boolean atALine(String file, int length) {
        return file.substring(0, length).endsWith("\n");
    }

    @Test
    void everyCutOfAFilePutAsideIsFound() throws Exception {
        String right = Files.readString(oldest());
        for (int length : cuts(right).toArray()) {
            Files.writeString(oldest(), right.substring(0, length));
            isFound("cut to " + length);
        }
    }

    @Test
    void everyCutOfTheCurrentFileThatTearsALineIsFound() throws Exception {
        String right = Files.readString(folder.file());
        for (int length : cuts(right).toArray()) {
            Files.writeString(folder.file(), right.substring(0, length));
            assertThat(folder.verify().isFaultless())
                    .as("cut to %d", length)
                    .isEqualTo(atALine(right, length));
        }
    }

    static Stream<Arguments> changesOfLines() {
        return Stream.of(
                change("removed", (lines, i) -> lines.remove((int) i)),
                change("doubled", (lines, i) -> lines.add(i, lines.get(i))),
                change("swapped", (lines, i) -> Collections.swap(lines, i, i + 1)),
                change("overwritten", (lines, i) -> lines.set(i, lines.get(i + 1))),
                change("put in again", (lines, i) -> lines.add(lines.get(i))),
                change("inserted", (lines, i) -> lines.add(i, "{\"seq\":" + (i + 1) + "}")),
                change("blank", (lines, i) -> lines.add(i, "")),
                change("joined", (lines, i) -> lines.set(i, lines.get(i) + lines.remove(i + 1))),
                change("told otherwise", (lines, i) -> lines.set(i, otherwise(lines.get(i)))));
    }

    private static Arguments change(String name, BiConsumer<List<String>, Integer> change) {
        return Arguments.of(name, change);
    }

    private static String otherwise(String line) {
        return line.replaceFirst("12:00", "13:00");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changesOfLines")
    void everyChangeOfALineIsFound(String name, BiConsumer<List<String>, Integer> change)
            throws Exception {
        for (Path file : folder.files()) {
            List<String> right = Files.readAllLines(file);
            for (int i = 0; i < right.size() - 1; i++) {
                List<String> wrong = new ArrayList<>(right);
                change.accept(wrong, i);
                Files.write(file, wrong);
                isFound(name + " line " + i + " of " + file);
            }
            Files.write(file, right);
        }
        assertThat(folder.verify().isFaultless()).isTrue();
    }

    @Test
    void aLineWithItsMacMadeAnewByAnotherKeyIsFound() throws Exception {
        List<String> lines = Files.readAllLines(oldest());
        MacChain other = new MacChain(AuditKey.create(temp.resolve("other")));
        ChainLink before = ChainLink.parse("1:" + mac(lines.get(0)));
        lines.set(1, other.line(before, Map.of("kind", "request")));
        Files.write(oldest(), lines);

        assertThat(folder.verify().faults())
                .containsExactly(
                        oldest()
                                + " line 2: changed, or not of this log (expected: the MAC of its bytes)");
    }

    private static String mac(String line) {
        return line.substring(line.length() - 66, line.length() - 2);
    }

    @Test
    void aLineOfAnotherLogUnderTheSameKeyIsFound() throws Exception {
        Path file = temp.resolve("second.log");
        try (AuditLog log = AuditLog.open(new AuditSettings(file, folder.keyFile()))) {
            LogFolder.append(log, 5);
        }
        List<String> lines = Files.readAllLines(oldest());
        lines.set(3, Files.readAllLines(file).get(3));
        Files.write(oldest(), lines);

        assertThat(folder.verify().faults())
                .first()
                .asString()
                .startsWith(oldest() + " line 4: prev ");
    }

    @Test
    void everyMissingFileIsFound() throws Exception {
        for (Path file : folder.files()) {
            Path away = Files.move(file, temp.resolve("away"));
            isFound("without " + file);
            Files.move(away, file);
        }
        Path second = folder.files().get(1);
        Files.delete(second);
        String third = folder.files().get(1).toString();
        assertThat(folder.verify().faults())
                .singleElement()
                .asString()
                .startsWith(third + " line 1: seq ")
                .endsWith("what lies between is missing");
    }

    @Test
    void aFileUnderAnotherNumberIsFound() throws Exception {
        Files.move(folder.files().get(1), new LogFiles(folder.file()).rotated(2));

        assertThat(folder.verify().faults())
                .singleElement()
                .asString()
                .endsWith("(expected: that of its name)");
    }

    @Test
    void aCutEndIsFoundByALineNotedElsewhereAndByNothingElse() throws Exception {
        ChainLink noted = folder.verify().last();
        assertThat(folder.verify(noted).faults()).isEmpty();
        List<String> lines = Files.readAllLines(folder.file());
        Files.write(folder.file(), lines.subList(0, lines.size() - 1));

        AuditReport cut = folder.verify();
        assertThat(cut.faults()).isEmpty();
        assertThat(cut.last().seq()).isEqualTo(noted.seq() - 1);
        assertThat(folder.verify(noted).faults())
                .containsExactly(
                        "ends with seq %d (expected: at least %d): cut off at the end"
                                .formatted(noted.seq() - 1, noted.seq()));
        assertThat(folder.verify(cut.last()).faults()).isEmpty();
        assertThat(folder.verify(new ChainLink(3, noted.mac())).faults())
                .containsExactly(
                        "seq 3: not the line that was noted (expected: MAC " + noted.mac() + ")");
    }

    @Test
    void aLogThatWasBegunAnewIsFoundByANotedLine() throws Exception {
        ChainLink noted = folder.verify().last();
        for (Path file : folder.files()) {
            Files.delete(file);
        }
        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 60);
        }

        assertThat(folder.verify().isFaultless()).isTrue();
        assertThat(folder.verify(noted).isFaultless()).isFalse();
    }

    @Test
    void aWrongKeyIsToldFromAChangedLine() throws Exception {
        AuditKey other = AuditKey.create(temp.resolve("other"));

        AuditReport report = AuditVerifier.verify(folder.file(), other, null);

        assertThat(report.faults())
                .containsExactly(
                        "key: %s (expected: %s, as the log says)"
                                .formatted(other.id(), folder.key().id()));
    }

    @Test
    void filesMovedElsewhereAreVerifiedByThemselvesAndTheRestAfterThem() throws Exception {
        Path archive = Files.createDirectory(temp.resolve("archive"));
        Path moved = Files.move(oldest(), archive.resolve("audit.log"));
        ChainLink last = AuditVerifier.verify(moved, folder.key(), null).last();

        AuditReport rest = AuditVerifier.verify(folder.file(), folder.key(), last, null);

        isFound("moved");
        assertThat(rest.faults()).isEmpty();
        assertThat(rest.events()).isLessThan(25);
    }

    @Test
    void aLineTooLongToBeOneIsFoundAndNotKept() throws Exception {
        Files.write(folder.file(), "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
        assertThat(folder.verify().faults())
                .containsExactly(
                        folder.file()
                                + " line 1: 16384 bytes without a line break (expected: a complete line): a crash or a cut");
    }

    @Test
    void noLogIsNoSuchFile() {
        assertThatThrownBy(() -> AuditVerifier.verify(temp.resolve("none.log"), folder.key(), null))
                .isInstanceOf(NoSuchFileException.class);
    }
}
