package dev.medzoo.serving.dicomweb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.dicomweb.Journal.Owner;
import dev.medzoo.serving.dicomweb.JournalRecord.State;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final Owner OWNER = new Owner("http://archive.example/", "skin");

    private Path state;

    @BeforeEach
    void name(@TempDir Path folder) {
        state = folder.resolve("state");
    }

    /** What is done with a journal. */
    private interface Use {
        void of(Journal journal) throws IOException;
    }

    private void with(Use use) throws IOException {
        with(OWNER, new JournalFile(), use);
    }

    private void with(Owner owner, JournalFile disk, Use use) throws IOException {
        try (StateFolder taken = StateFolder.take(state);
                Journal journal = Journal.open(taken, owner, disk)) {
            use.of(journal);
        }
    }

    private Path file() {
        return state.resolve("journal");
    }

    @Test
    void keepsTheLatestStepOfEachInstance() throws Exception {
        with(
                journal -> {
                    journal.append(JournalRecord.sending("1.2", "2.25.7"));
                    journal.append(JournalRecord.reported("1.2", "2.25.7"));
                    journal.append(JournalRecord.refused("1.3", "picture: damaged"));
                    journal.append(JournalRecord.sending("1.4", "2.25.8"));
                });

        with(
                journal -> {
                    assertThat(journal.find("1.2"))
                            .isEqualTo(JournalRecord.reported("1.2", "2.25.7"));
                    assertThat(journal.find("1.3"))
                            .isEqualTo(JournalRecord.refused("1.3", "picture: damaged"));
                    assertThat(journal.find("1.4"))
                            .isEqualTo(JournalRecord.sending("1.4", "2.25.8"));
                    assertThat(journal.find("1.5")).isNull();
                    assertThat(journal.count(State.REPORTED)).isEqualTo(1);
                    assertThat(journal.count(State.SENDING)).isEqualTo(1);
                    assertThat(journal.count(State.REFUSED)).isEqualTo(1);
                });
    }

    @Test
    void isForItsOwnerAlone() throws Exception {
        with(journal -> {});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void cutsOffALineAtEachByteOfIt() throws Exception {
        with(journal -> journal.append(JournalRecord.reported("1.2", "2.25.7")));
        byte[] one = Files.readAllBytes(file());
        with(journal -> journal.append(JournalRecord.reported("1.3", "2.25.8")));
        byte[] two = Files.readAllBytes(file());
        for (int length = one.length; length < two.length; length++) {
            Files.write(file(), Arrays.copyOf(two, length));
            with(
                    journal -> {
                        assertThat(journal.find("1.2")).isNotNull();
                        assertThat(journal.find("1.3")).isNull();
                    });
            assertThat(Files.readAllBytes(file())).isEqualTo(one);
        }
    }

    @Test
    void goesOnBehindALineThatWasCutOff() throws Exception {
        with(journal -> journal.append(JournalRecord.reported("1.2", "2.25.7")));
        Files.write(file(), "0123".getBytes(UTF_8), StandardOpenOption.APPEND);
        with(journal -> journal.append(JournalRecord.reported("1.3", "2.25.8")));
        with(journal -> assertThat(journal.instances()).containsExactlyInAnyOrder("1.2", "1.3"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void refusesAByteThatIsAnotherBeforeTheLastLine(int line) throws Exception {
        with(
                journal -> {
                    journal.append(JournalRecord.reported("1.2", "2.25.7"));
                    journal.append(JournalRecord.reported("1.3", "2.25.8"));
                });
        List<String> lines = Files.readAllLines(file());
        lines.set(line - 1, lines.get(line - 1).replace("1", "3"));
        Files.write(file(), lines);

        assertThatThrownBy(() -> with(journal -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "%s: line %d is damaged (expected: as it was written; move the file away to start a new one)"
                                .formatted(file(), line));
    }

    @Test
    void isOfOneArchiveAndModel() throws Exception {
        with(journal -> {});
        assertThatThrownBy(
                        () -> with(new Owner("http://other/", "skin"), new JournalFile(), j -> {}))
                .hasMessage(
                        "%s: of http://archive.example/ and skin (expected: of http://other/ and skin; each takes a folder of its own)"
                                .formatted(file()));
    }

    @Test
    void isOfOneNodeAtATime() throws Exception {
        with(
                journal ->
                        assertThatThrownBy(() -> StateFolder.take(state))
                                .hasMessage(
                                        state
                                                + ": used by another node (expected: one folder"
                                                + " per node)"));
        with(journal -> {});
    }

    @Test
    void growsNoLargerThanWhatItKnows() throws Exception {
        with(
                OWNER,
                new FailingDisk(Integer.MAX_VALUE),
                journal -> {
                    for (int i = 0; i < 4000; i++) {
                        journal.append(JournalRecord.sending("1." + i % 10, "2.25." + i));
                    }
                });
        try (var lines = Files.lines(file())) {
            assertThat(lines.count()).isLessThan(1100);
        }
        with(journal -> assertThat(journal.count(State.SENDING)).isEqualTo(10));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void losesNothingWhereTheDiskFailsWhileItIsWrittenAnew(boolean isBeforeTheName)
            throws Exception {
        with(journal -> journal.append(JournalRecord.reported("1.2", "2.25.7")));
        FailingDisk failing = new FailingDisk(Integer.MAX_VALUE);
        failing.failWhenAnew(isBeforeTheName);
        assertThatThrownBy(
                        () ->
                                with(
                                        OWNER,
                                        failing,
                                        journal -> {
                                            for (int i = 0; i < 2000; i++) {
                                                journal.append(
                                                        JournalRecord.sending("1.3", "2.25.1" + i));
                                            }
                                        }))
                .hasMessage("disk: full");
        with(
                journal -> {
                    assertThat(journal.find("1.2"))
                            .isEqualTo(JournalRecord.reported("1.2", "2.25.7"));
                    assertThat(journal.find("1.3")).isNotNull();
                });
    }

    @Test
    void takesTheNextStepAfterOneThatCouldNotBeWritten() throws Exception {
        FailingDisk disk = new FailingDisk(2);
        with(
                OWNER,
                disk,
                journal -> {
                    journal.append(JournalRecord.refused("1.2", "a reason that is rather long"));
                    assertThatThrownBy(
                                    () ->
                                            journal.append(
                                                    JournalRecord.refused("1.3", "a long reason")))
                            .hasMessage("disk: full");
                    assertThat(journal.find("1.3")).isNull();
                    journal.append(JournalRecord.refused("1.4", "x"));
                });
        with(journal -> assertThat(journal.instances()).containsExactlyInAnyOrder("1.2", "1.4"));
    }

    /** Fails at the n-th record, or when the journal is written anew; half of it is there. */
    private static final class FailingDisk extends JournalFile {
        private int left;
        private boolean failsAnew;
        private boolean failsAtName;

        FailingDisk(int n) {
            left = n;
        }

        void failWhenAnew(boolean isBeforeTheName) {
            failsAnew = !isBeforeTheName;
            failsAtName = isBeforeTheName;
        }

        /** What is tested outlives a process, and needs no power cut. */
        @Override
        void force(FileChannel file) {}

        private static IOException full() {
            return new IOException("disk: full");
        }

        @Override
        void append(FileChannel file, byte[] line, long at) throws IOException {
            left--;
            if (left == 0) {
                super.append(file, Arrays.copyOf(line, line.length / 2), at);
                throw full();
            }
            super.append(file, line, at);
        }

        @Override
        void write(Path path, byte[] content) throws IOException {
            if (failsAnew) {
                super.write(path, Arrays.copyOf(content, content.length / 2));
                throw full();
            }
            super.write(path, content);
        }

        @Override
        void move(Path from, Path to) throws IOException {
            if (failsAtName) {
                throw full();
            }
            super.move(from, to);
        }
    }
}
