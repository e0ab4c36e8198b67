package dev.medzoo.serving.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A log that cannot be written says so, and goes on when it can. */
class AuditFailureTest {
    /** A disk that is always full; where there is none, a folder is as unwritable. */
    private static final Path FULL =
            Files.exists(Path.of("/dev/full")) ? Path.of("/dev/full") : Path.of("/");

    @TempDir private Path temp = Path.of("");
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private LogFolder folder = new LogFolder(temp);

    @BeforeEach
    void makeKeyAndListen() throws IOException {
        folder = LogFolder.in(temp);
        said.start();
        logger().addAppender(said);
    }

    @AfterEach
    void listenNoMore() {
        logger().detachAppender(said);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(AuditLog.class);
    }

    private List<String> errors() {
        return List.copyOf(said.list).stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void fails(AuditLog log) {
        assertThat(log.append(LogFolder.event(log, "lost")))
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining(folder.file() + ": not written");
    }

    @Test
    void doesNotStartOnAFullDisk() throws Exception {
        Files.createSymbolicLink(folder.file(), FULL);

        assertThatThrownBy(folder::open).isInstanceOf(IOException.class);
        Files.delete(folder.file());
        folder.open().close();
        assertThat(folder.verify().faults()).isEmpty();
    }

    @Test
    void aFullDiskLosesEventsAndTheLogSaysHowMany() throws Exception {
        try (AuditLog log = folder.openSmall()) {
            LogFolder.append(log, 3);
            ChainLink before = log.last();
            Path aside = Files.move(folder.file(), temp.resolve("aside"));
            Files.createSymbolicLink(folder.file(), FULL);
            for (int i = 0; i < 5; i++) {
                fails(log);
            }
            assertThat(log.last()).isEqualTo(before);

            Files.delete(folder.file());
            Files.move(aside, folder.file());
            LogFolder.append(log, 20);
        }

        AuditReport report = folder.verify();
        assertThat(report.faults()).isEmpty();
        assertThat(report.events()).isEqualTo(23);
        assertThat(report.lost()).isEqualTo(5);
        // The first found another file, the others a full disk: each reason once.
        assertThat(errors()).hasSize(2);
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(text -> text.contains("writable again, up to"))
                .hasSize(1);
    }

    @Test
    void aRemovedFileIsNoticedAndWhatFollowsTellsOfTheGap() throws Exception {
        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 3);
            Files.delete(folder.file());
            fails(log);
            LogFolder.append(log, 2);
        }

        AuditReport report = folder.verify();
        assertThat(report.faults())
                .containsExactly(
                        folder.file()
                                + " line 1: seq 5 (expected: 1): what lies between is missing");
        assertThat(report.events()).isEqualTo(2);
        assertThat(report.lost()).isEqualTo(1);
        assertThat(errors()).hasSize(1);
    }

    @Test
    void aRemovedFolderFailsEveryEventUntilItIsThereAgain() throws Exception {
        Path deep = Files.createDirectory(temp.resolve("deep"));
        AuditSettings settings = new AuditSettings(deep.resolve("audit.log"), folder.keyFile());
        try (AuditLog log = AuditLog.open(settings)) {
            LogFolder.append(log, 1);
            Files.move(deep, temp.resolve("away"));
            for (int i = 0; i < 3; i++) {
                assertThat(log.append(LogFolder.event(log, "lost")))
                        .failsWithin(60, TimeUnit.SECONDS);
            }
            Files.move(temp.resolve("away"), deep);
            LogFolder.append(log, 1);
        }

        AuditReport report = AuditVerifier.verify(settings.file(), folder.key(), null);
        assertThat(report.faults()).isEmpty();
        assertThat(report.events()).isEqualTo(2);
        assertThat(report.lost()).isEqualTo(3);
    }

    @Test
    void aFileThatSomebodyElseWroteToIsNoticedBeforeTheNextLine() throws Exception {
        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 2);
            Files.writeString(folder.file(), "hello\n", StandardOpenOption.APPEND);
            fails(log);
            LogFolder.append(log, 1);
        }

        assertThat(folder.verify().faults())
                .containsExactly(
                        folder.file()
                                + " line 4: changed, or not of this log (expected: the MAC of its bytes)");
        assertThat(errors()).singleElement().asString().contains("bytes (expected: ");
    }

    @Test
    void whatCannotBePutAsideIsWrittenOn() throws Exception {
        try (AuditLog log = folder.openSmall()) {
            Path taken = Files.createFile(new LogFiles(folder.file()).rotated(1));
            LogFolder.append(log, 30);
            assertThat(Files.size(folder.file())).isGreaterThan(2 * LogFolder.SMALL);
            assertThat(errors()).singleElement().asString().contains("cannot be rotated");

            Files.delete(taken);
            LogFolder.append(log, 1);
        }
        assertThat(folder.verify().faults()).isEmpty();
        assertThat(folder.files()).hasSize(2);
    }

    @Test
    void refusesMoreThanMayWaitAndAllThatComesAfterTheEnd() throws Exception {
        Gate gate = new Gate();
        AuditSettings settings =
                new AuditSettings(
                        folder.file(), folder.keyFile(), AuditSettings.ROTATE_AT_BYTES, true, 4);
        AuditLog log = AuditLog.open(settings, gate);
        try {
            Files.delete(folder.file());
            fails(log);
            // The thread that writes now asks for the time of its own lines, and waits for it.
            List<CompletableFuture<Void>> lines = new ArrayList<>();
            lines.add(log.append(LogFolder.event(log, "first")));
            assertThat(gate.reached.await(10, TimeUnit.MINUTES)).isTrue();
            for (int i = 0; i < 4; i++) {
                lines.add(log.append(LogFolder.event(log, "waits-" + i)));
            }
            assertThat(log.append(LogFolder.event(log, "too-many")))
                    .failsWithin(1, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withMessageContaining("queue full, 4 events (expected: fewer)");

            gate.open.countDown();
            lines.forEach(line -> assertThat(line).succeedsWithin(60, TimeUnit.SECONDS));
        } finally {
            gate.open.countDown();
            log.close();
        }
        assertThat(folder.verify().lost()).isEqualTo(2);
        assertThat(log.append(LogFolder.event(log, "late")))
                .failsWithin(1, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("closed (expected: open)");
        log.close();
    }

    /** Time stands for the writing thread until it is let go. */
    private static final class Gate extends Clock {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);

        @Override
        public Instant instant() {
            if (Thread.currentThread().getName().equals("medzoo-audit")) {
                reached.countDown();
                try {
                    open.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return LogFolder.NOON.instant();
        }

        @Override
        public ZoneId getZone() {
            return LogFolder.NOON.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
